"""Which addresses may be fetched: web addresses only, and no machine on the inside of a network."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import idna

from kit.errors import KitError

LONGEST = 8_000  # characters; longer ones are refused by most servers too
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")
_KEPT = "!#$%&'()*+,/:;=?@[]~"  # what quoting leaves alone, so that a quoted address stays as it is
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class BadAddress(KitError):
    """An address that is not a web address which can be fetched."""


class PrivateAddress(KitError):
    """An address that leads to a machine inside a network, not to the public web."""


def web_address(text: str) -> str:
    """``text`` as one http or https address in ASCII, without its fragment, which is never sent.

    Anything else raises `BadAddress`: another scheme, a name and password in the address (they
    would be written into the capture), control characters, a port or host that cannot be.

    >>> web_address(" HTTPS://Bücher.example/Straße?q=ä#top ")
    'https://xn--bcher-kva.example/Stra%C3%9Fe?q=%C3%A4'
    >>> web_address("ftp://a.example/")
    Traceback (most recent call last):
        ...
    kit.sources.capture.web.addresses.BadAddress: ftp://a.example/: not a web address; begin it with http:// or https://
    """
    text = text.strip()
    shown = _shown(text)
    if len(text) > LONGEST:
        raise BadAddress(shown, f"an address of {len(text)} characters", f"give one of at most {LONGEST}")
    if _CONTROL.search(text):
        raise BadAddress(
            shown, "spaces or control characters in an address", "write them as %20 and the like"
        )
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddress(shown, f"not an address ({error})", "copy it again from the browser") from error
    if parts.scheme not in ("http", "https") or not host:
        raise BadAddress(shown, "not a web address", "begin it with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise BadAddress(
            f"{parts.scheme}://{host}",
            "a user name or password in the address",
            "leave it out: a capture records it",
        )
    host = _host(host, shown)
    netloc = host if port in (None, {"http": 80, "https": 443}[parts.scheme]) else f"{host}:{port}"
    path, query = quote(parts.path or "/", safe=_KEPT), quote(parts.query, safe=_KEPT)
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def redirected(base: str, location: str) -> str:
    """The address a ``Location`` header leads to from ``base``; `BadAddress` when it leaves the web.

    >>> redirected("https://a.example/x/y", "../z#part")
    'https://a.example/z'
    """
    try:
        return web_address(urljoin(base, location.strip().replace(" ", "%20")))
    except ValueError as error:
        if isinstance(error, UnicodeError):
            raise BadAddress(
                base, "it redirects to something unreadable", "open the page in a browser"
            ) from error
        raise BadAddress(
            base, f"it redirects to no address ({error})", "open the page in a browser"
        ) from error


def refusal(address: str) -> str:
    """Why an IP address must not be contacted, or an empty text when it is on the public internet.

    IPv4 addresses carried inside IPv6 ones (mapped, 6to4, Teredo, NAT64) are judged as well: they
    are how a check on the outer form alone is slipped past.

    >>> refusal("::ffff:127.0.0.1"), refusal("169.254.169.254"), refusal("1.1.1.1")
    ('a loopback address', 'a link-local address', '')
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    for inner in _carried(ip):
        if reason := refusal(str(inner)):
            return reason
    if isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped or ip in _NAT64):
        return ""
    if isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local:
        return "a private or reserved address"
    for name in ("loopback", "link_local", "multicast", "unspecified"):
        if getattr(ip, f"is_{name}"):
            return f"a{'n' if name == 'unspecified' else ''} {name.replace('_', '-')} address"
    return "" if ip.is_global and not ip.is_reserved else "a private or reserved address"


def _carried(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    found = [ip.ipv4_mapped, ip.sixtofour, ip.teredo[1] if ip.teredo else None]
    if ip in _NAT64:
        found.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [inner for inner in found if inner is not None]


def _host(host: str, shown: str) -> str:
    if ":" in host:
        return f"[{ipaddress.ip_address(host.partition('%')[0])}]"
    try:
        ascii_host = host.lower() if host.isascii() else _in_ascii(host)
    except UnicodeError as error:
        raise BadAddress(shown, "a host name that cannot be", "copy the address again") from error
    if not re.fullmatch(r"[a-z0-9_.-]{1,253}", ascii_host):
        raise BadAddress(shown, "a host name that cannot be", "copy the address again")
    return ascii_host


def _in_ascii(host: str) -> str:
    """The name as browsers ask for it: ß is a letter of its own; a sign that names may not have is tried in the older way."""
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host.encode("idna").decode("ascii").lower()


def _shown(text: str) -> str:
    short = text if len(text) <= 120 else text[:117] + "..."
    return short.encode("unicode_escape").decode("ascii") if _CONTROL.search(short) else short
