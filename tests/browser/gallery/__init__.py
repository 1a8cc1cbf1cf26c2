"""Test-only pages: every component once, an error page, a journey of three steps."""
