"""Marks sentences for translation where there is no translator: the core never speaks, it only names its sentences."""


def N_(text: str) -> str:  # noqa: N802  # gettext's own name for a deferred translation
    return text
