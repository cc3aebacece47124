"""XML from outside, parsed without entities, without the network, and within bounds."""

from __future__ import annotations

from lxml import etree

from kit.errors import KitError


class BadXml(KitError):
    """Bytes that are no XML that can be read."""


def parse_xml(content: bytes | str, place: object, *, huge: bool = False) -> etree._Element:
    """The root of the document; `BadXml` names ``place`` where it is not well-formed, or larger than lxml's bounds.

    ``huge`` lifts the bounds, for what was read into memory already.

    >>> parse_xml("<a><b/></a>", "settings.xml").tag
    'a'
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=huge)
    try:
        return etree.fromstring(content.encode("utf-8") if isinstance(content, str) else content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadXml(
            place, f"is no XML that can be read ({error})", "save the file again, or get it anew"
        ) from error
