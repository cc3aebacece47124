"""What in a piece of HTML a browser would run or follow to somewhere it should not."""

from __future__ import annotations

from html.parser import HTMLParser

_RUN = {"script", "img", "iframe", "object", "embed", "svg", "link", "meta", "base", "form", "style"}
_ADDRESSES = {"href", "src", "action", "formaction", "data"}


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _RUN:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on"):
                self.found.append(f"{tag} {name}")
            if name in _ADDRESSES and not (value or "").startswith(("http://", "https://", "#")):
                self.found.append(f"{tag} {name}={value}")


def dangers(html: str) -> list[str]:
    """The tags and attributes of a piece of HTML that could run code or lead off the web."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.found
