"""What publications call themselves, by host: for those whose pages name a company, an address or nothing."""

from __future__ import annotations

_NAMES: dict[str, str] = {}


def of_host(host: str) -> str:
    """The publication's name for a host or a host under it, or '' for one not listed."""
    labels = host.lower().split(".")
    for start in range(len(labels) - 1):
        name = _NAMES.get(".".join(labels[start:]))
        if name:
            return name
    return ""
