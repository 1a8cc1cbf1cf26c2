"""The mark of an address that anyone may open."""

OPEN = "open"
