"""Populations: read, checked, determined household by household in blocks, written; the command line `chengnuo`; Spark."""
