"""What a change of the law would do: one population under the law as it stands, and under the law with the change."""
