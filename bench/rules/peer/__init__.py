"""The peer: the six programmes as an author of OpenFisca-Core would write them, in its two idioms. AGPL: only the bench imports it."""
