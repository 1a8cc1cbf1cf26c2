"""What the settings need for secrets, hosts, headers and logs."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from chengnuo.config import environment

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "object-src": ["'none'"],
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


def logging_of(*, demo: bool) -> dict[str, Any]:
    """Warnings and worse to the console; on a real server as JSON, from which nobody reads what a person wrote."""
    console = {"class": "logging.StreamHandler", "filters": ["numbers"]} | ({} if demo else {"formatter": "json"})
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "chengnuo.config.logs.JsonFormatter"}},
        "filters": {"numbers": {"()": "chengnuo.config.logs.NoNumbers"}},
        "handlers": {"console": console},
        "root": {"handlers": ["console"], "level": "WARNING"},
        # Django's own handlers know nothing of this and would write exceptions whole, or mail them
        "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
    }


def secret_key(var: Path) -> str:
    """The signing key: from the environment, else one made once and kept, readable by its owner only."""
    if given := environment.SECRET_KEY.read():
        return given
    kept = var / "secret_key"
    if not kept.exists():
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


def cookie(name: str, *, demo: bool) -> str:
    """The name that binds a cookie to this host and to HTTPS; the demo has no HTTPS, and browsers would not keep it."""
    return name if demo else f"__Host-{name}"


def allowed_hosts(*, demo: bool, value: str) -> list[str]:
    """The demo answers on loopback only, whatever the environment says."""
    return LOOPBACK if demo else [host for host in value.split(",") if host] or LOOPBACK
