"""The Markdown of a cell as notebooks read it, written so that pandoc reads the same: pictures, lists and marks given as HTML, and numbers."""

from __future__ import annotations

import html
import re

_CODE = r"(?P<code>^(?P<fence>`{3,}|~{3,}).*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)|(?P<tick>`+)(?!`).*?(?<!`)(?P=tick)(?!`))"
_TAG = r"<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)\b(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)/?>"
#: What nobody sees in a notebook.
_UNSEEN = r"(?P<unseen><!--.*?(?:-->|\Z))"
_MARKUP = re.compile(f"{_CODE}|{_UNSEEN}|{_TAG}", re.DOTALL | re.MULTILINE | re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\b(src|alt|title|start)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
#: What marks words within a line, and what only says how a block stands.
_WITHIN = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_AROUND = ("figure", "figcaption", "center", "p", "div")
_LISTS = ("ol", "ul")
_NUMBERED = re.compile(r"(?P<before>[ \t]*)(?P<number>\d{1,9})(?P<mark>[.)])(?P<after>[ \t]+\S)")
#: What a paragraph does not begin with: other blocks, after which a number begins a list.
_BLOCK = re.compile(
    r"[ \t]*(?:$|#{1,6}\s|>|[-+*][ \t]|\d{1,9}[.)][ \t]|\||```|~~~|(?:[-*_][ \t]*){3,}$)|(?: {4}|\t)"
)


def pandoc_markdown(source: str) -> str:
    """The Markdown with what JupyterLab shows and pandoc does not read, in words of pandoc's: what stands in code stays.

    Comments are left out. Pictures, lists, bold and italic words and line breaks written as HTML; lists numbered as ``1)``; a number at the
    beginning of a line within a paragraph, which begins no list unless it is 1.

    >>> print(pandoc_markdown('<img src="quay.png" alt="The quay" width="24"/> and `<img>`'))
    ![The quay](<quay.png>) and `<img>`
    >>> print(pandoc_markdown("Ten boxes <!-- says the clerk, whom nobody may name --> came."))
    Ten boxes  came.
    >>> print(pandoc_markdown("<ol start=5><li>five</li><li><b>six</b></li></ol>").strip())
    5. five
    6. **six**
    >>> print(pandoc_markdown("It was\\n1986. A great year, with\\n\\n1) ships"))
    It was
    1986\\. A great year, with
    <BLANKLINE>
    1. ships
    """
    return _numbers(_Markup().read(source) if "<" in source else source)


class _Markup:
    """The reading of a cell's HTML; ``counts`` has the next number of each list that is open, none for bullets."""

    def __init__(self) -> None:
        self.counts: list[int | None] = []

    def read(self, source: str) -> str:
        return _MARKUP.sub(self._change, source)

    def _change(self, found: re.Match[str]) -> str:
        if found["code"]:
            return found[0]
        if found["unseen"]:
            return ""
        tag, closes = found["tag"].lower(), bool(found["close"])
        said = {
            m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "")
            for m in _ATTRIBUTE.finditer(found["attributes"])
        }
        if tag == "img" and said.get("src"):
            return _picture(said)
        if tag == "br":
            # A row of a table is one line.
            line = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
            return " " if line.lstrip().startswith("|") else "  \n"
        if tag in _WITHIN:
            return _WITHIN[tag]
        if tag in _AROUND:
            return "\n\n"
        return self._list(tag, closes, said.get("start", ""), found[0])

    def _list(self, tag: str, closes: bool, start: str, written: str) -> str:
        if tag in _LISTS and closes and self.counts:
            self.counts.pop()
            return "" if self.counts else "\n\n"
        if tag in _LISTS and not closes:
            first = int(start) if start.isdecimal() and len(start) < 10 else 1
            self.counts.append(first if tag == "ol" else None)
            return "" if len(self.counts) > 1 else "\n\n"
        if tag != "li" or not self.counts:
            return written
        if closes:
            return ""
        number, indent = self.counts[-1], "    " * (len(self.counts) - 1)
        if number is None:
            return f"\n{indent}- "
        self.counts[-1] = number + 1
        return f"\n{indent}{number}. "


def _picture(said: dict[str, str]) -> str:
    alt, title = (re.sub(r"([\\\[\]\"`*_])", r"\\\1", said.get(name, "")) for name in ("alt", "title"))
    after = f' "{title}"' if title else ""
    return f"![{alt}](<{said['src']}>{after})"


def _numbers(source: str) -> str:
    """The lines with each number that begins one as it counts in a notebook."""
    made, fence, paragraph = [], "", False
    for line in source.split("\n"):
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~") and fence in ("", mark):
            fence, paragraph = ("" if fence else mark), False
        elif not fence and (found := _NUMBERED.match(line)) and not line.startswith(("    ", "\t")):
            if paragraph and int(found["number"]) != 1:
                line = line[: found.start("mark")] + "\\" + line[found.start("mark") :]
            else:
                line = line[: found.start("mark")] + "." + line[found.end("mark") :]
                paragraph = False
        elif not fence:
            paragraph = not _BLOCK.match(line) or (
                paragraph and line.startswith(("    ", "\t")) and bool(mark)
            )
        made.append(line)
    return "\n".join(made)
