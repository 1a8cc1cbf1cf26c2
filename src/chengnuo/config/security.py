"""What the settings need for secrets, hosts, headers and logs."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

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


def gateway(*, demo: bool, value: str) -> str:
    """What carries short messages: in the demo files in a folder, else the gateway's address, or "". Raises ImproperlyConfigured."""
    where = urlsplit(value)
    if demo:
        return "files"
    if (
        value
        and where.scheme != "https"
        and f"{where.scheme}://{where.hostname}" not in ("http://127.0.0.1", "http://localhost")
    ):
        raise ImproperlyConfigured(
            "CHENGNUO_SMS: telephone numbers go out by https:// alone, or to this machine itself."
        )
    return value


def mail_of(server: str, folder: Path) -> dict[str, Any]:
    """Django's settings for this server; encrypted from the first byte (smtps), else by STARTTLS, never in clear."""
    if server == "files":
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": str(folder)}
    where = urlsplit(server)
    is_smtps = where.scheme == "smtps"
    return {
        "EMAIL_HOST": where.hostname or "localhost",
        "EMAIL_PORT": where.port or (465 if is_smtps else 587),
        "EMAIL_HOST_USER": unquote(where.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(where.password or ""),
        "EMAIL_USE_SSL": is_smtps,
        "EMAIL_USE_TLS": not is_smtps,
        "EMAIL_TIMEOUT": 10,
    }
