"""The proxy that a person has set for the web, and what may be asked for through it."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore

from kit.errors import KitError
from kit.sources.capture.web.addresses import PrivateAddress, refusal

_SOCKS = ("socks5", "socks5h")
#: Names that only an inner network knows.
_INNER = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".corp")


class BadProxy(KitError):
    """A proxy that is set and cannot be used; nothing is fetched without it."""


def proxy_for(url: str) -> str:
    """The address of the proxy for ``url``, by HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, or by the system's settings.

    It is '' where none is set, and for this machine itself. One that is no proxy of HTTP or SOCKS 5 raises `BadProxy`.

    >>> proxy_for("http://127.0.0.1:8000/raid")
    ''
    """
    parts = urlsplit(url)
    host, found = parts.hostname or "", getproxies()
    named = (found.get(parts.scheme) or found.get("all") or "").strip()
    if not named or refusal_of_name(host) == "a loopback address" or proxy_bypass(parts.netloc):
        return ""
    whole = named if "://" in named else f"http://{named}"
    try:
        proxy = urlsplit(whole)
        usable = proxy.scheme in ("http", "https", *_SOCKS) and proxy.hostname and (proxy.port or True)
    except ValueError:
        usable = False
    if not usable:
        kind = whole.partition("://")[0][:20]
        raise BadProxy(
            "the proxy that is set for this machine", f"is of a kind that cannot be used ({kind})",
            "name one as http://, https:// or socks5h://, or unset it; nothing was fetched",
        )  # fmt: skip
    return whole


def pool_through(
    proxy: str, backend: httpcore.NetworkBackend, context: ssl.SSLContext
) -> httpcore.ConnectionPool:
    """Connections through the proxy, which alone looks up the names of hosts."""
    parts = urlsplit(proxy)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 1080)
    login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    kind = httpcore.SOCKSProxy if parts.scheme in _SOCKS else httpcore.HTTPProxy
    scheme = "socks5" if parts.scheme in _SOCKS else parts.scheme
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else parts.hostname
    made: httpcore.ConnectionPool = kind(
        f"{scheme}://{host}:{port}", proxy_auth=login, ssl_context=context, network_backend=backend
    )
    return made


def judge(host: str) -> None:
    """Nothing; a host that lies inside a network by its name alone raises `PrivateAddress`.

    Names are not looked up: that would tell whoever watches this machine what is asked for through the proxy.
    """
    if reason := refusal_of_name(host):
        remedy = "allow private addresses only for a server of your own"
        raise PrivateAddress(host, f"this name leads to {reason}", remedy)


def refusal_of_name(host: str) -> str:
    """Why a host may not be contacted, by what is written: an address in any form, or a name of an inner network; else ''.

    >>> refusal_of_name("127.1"), refusal_of_name("intranet"), refusal_of_name("harbourpost.example")
    ('a loopback address', 'a name of an inner network', '')
    """
    bare = host.strip("[]").rstrip(".").lower()
    try:
        return refusal(str(ipaddress.ip_address(bare)))
    except ValueError:
        pass  # it is a name, or an address in one of its older forms
    try:
        return refusal(socket.inet_ntoa(socket.inet_aton(bare)))
    except (OSError, UnicodeError):
        if bare == "localhost" or bare.endswith(".localhost"):
            return "a loopback address"
        return "a name of an inner network" if "." not in bare or bare.endswith(_INNER) else ""
