"""The packet as one page for a browser: to read, search and filter; it asks nothing of any network."""

from __future__ import annotations

import jinja2

from kit.factcheck.content.packet import Packet
from kit.factcheck.content.wording import NO_SOURCE, STATUS_SHOWN, counted, headline, note_of, why_bare


def html_bytes(packet: Packet) -> bytes:
    """The packet as a self-contained HTML page; statuses are shown, and are set in the Word file or the spreadsheet."""
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("kit.factcheck"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    kinds = sorted({kind for entry in packet.entries for kind in entry.kinds})
    page = templates.get_template("packet.html").render(
        packet=packet,
        counted=counted(packet),
        shown=STATUS_SHOWN,
        kinds=kinds,
        headline=headline,
        note_of=note_of,
        why_bare=why_bare,
        no_source=NO_SOURCE,
    )
    return page.encode("utf-8", "xmlcharrefreplace")
