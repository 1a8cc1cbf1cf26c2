"""What the settings need for secrets, hosts, headers and logs."""

from __future__ import annotations

import secrets
from pathlib import Path

from chengnuo.config import environment

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}


def secret_key(var: Path) -> str:
    """The signing key: from the environment, else one made once and kept, readable by its owner only."""
    if given := environment.SECRET_KEY.read():
        return given
    kept = var / "secret_key"
    if not kept.exists():
        var.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


def allowed_hosts(*, demo: bool, value: str) -> list[str]:
    """The demo answers on loopback only, whatever the environment says."""
    return LOOPBACK if demo else [host for host in value.split(",") if host] or LOOPBACK
