"""Binds foundation's ports to the domain, once."""


def bind() -> None:
    """Called when all applications are loaded."""
