"""With what and from where somebody came, as little of it as lets them know themselves again."""

from __future__ import annotations

import ipaddress

# the first that is found counts: telephones name the system they were made from, too
SYSTEMS = (
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_of(agent: str) -> str:
    """The kind of device that a browser names; "" for anything else. Never its version or model, which would single it out."""
    return next((name for mark, name in SYSTEMS if mark in agent), "")


def mask_address(address: str) -> str:
    """10.20.30.40 → 10.20.*.*; of a longer address the first two groups; "" for what is none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv4Address):
        return ".".join(address.split(".")[:2]) + ".*.*"
    return ":".join(found.exploded.split(":")[:2]) + ":*"
