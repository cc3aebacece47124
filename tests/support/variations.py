"""Typography that a sound page or a sound quotation may have: none of it is a fault."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

Change = Callable[[str, random.Random], str]


def _hyphenated(text: str, draw: random.Random, end: str = "-\n") -> str:
    """Every eighth long word broken over a line's end."""
    return re.sub(
        r"\b[a-z]{7,}\b", lambda m: m[0] if draw.random() > 0.4 else m[0][:4] + end + m[0][4:], text
    )


def _wrapped(text: str, draw: random.Random) -> str:
    return re.sub(r"(?<=\w) (?=\w)", lambda _: " " if draw.random() > 0.2 else "\n", text)


def _paged(text: str, draw: random.Random) -> str:
    """Page breaks in mid sentence, with the page numbers that go with them."""
    pieces = re.split(r"(?<=[a-z]) (?=[a-z])", text)
    out, number = [pieces[0]], 6
    for piece in pieces[1:]:
        if draw.random() < 0.05:
            number += 1
            out.append(f"\n{number}\n\f{piece}")
        else:
            out.append(f" {piece}")
    return "".join(out)


def _spaced(text: str, draw: random.Random) -> str:
    return re.sub(" ", lambda _: draw.choice((" ", "\u2009", "  ", "\t")), text)


def _sprinkled(text: str, draw: random.Random) -> str:
    return re.sub(r"(?<=\w)(?=\w)", lambda _: "\u200b" if draw.random() < 0.1 else "", text)


def _ligated(text: str, _: random.Random) -> str:
    for letters, sign in (("ffi", "ﬃ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ff", "ﬀ")):
        text = text.replace(letters, sign)
    return text


def _parted(text: str, draw: random.Random) -> str:
    """Words with a hyphen of their own, parted at it by a line's end."""
    return re.sub(r"(?<=\w)-(?=\w)", lambda _: draw.choice(("-", "-\n")), text)


def _noted(text: str, draw: random.Random, notes: list[str]) -> str:
    return re.sub(r"(?<=[a-z]{4})(?= )", lambda _: draw.choice(notes) if draw.random() < 0.2 else "", text)


def _cut(text: str, ellipsis: str) -> str:
    words = text.split()
    return " ".join(words[: len(words) // 2 - 1]) + ellipsis + " ".join(words[len(words) // 2 + 1 :])


#: Ways in which a sound page differs from what was copied off it, in type alone.
ON_PAGES: dict[str, Change] = {
    "straight quotes": lambda text, _: text.replace("“", '"').replace("”", '"').replace("’", "'"),
    "guillemets": lambda text, _: text.replace("“", "« ").replace("”", " »"),
    "low quotes": lambda text, _: text.replace("“", "„").replace("”", "“"),
    "spaces that do not break": lambda text, _: text.replace(" ", "\u00a0"),
    "thin and double spaces": _spaced,
    "soft hyphens": lambda text, _: re.sub(r"([a-z]{3})([a-z]{3})", "\\1\u00ad\\2", text),
    "zero-width characters": _sprinkled,
    "marks of byte order and direction": lambda text, _: "\ufeff\u200e" + text.replace(". ", ".\u200f "),
    "ligatures": _ligated,
    "letters and accents apart (NFD)": lambda text, _: unicodedata.normalize("NFD", text),
    "full-width digits": lambda text, _: re.sub(r"\d", lambda match: chr(ord(match[0]) + 0xFEE0), text),
    "line ends within sentences": _wrapped,
    "line ends of Windows": lambda text, draw: _wrapped(text, draw).replace("\n", "\r\n"),
    "words broken at line ends": _hyphenated,
    "words broken by soft hyphens at line ends": lambda text, draw: _hyphenated(text, draw, "\u00ad\n"),
    "hyphens at line ends": _parted,
    "dashes without spaces": lambda text, _: text.replace(" — ", "—"),
    "short dashes": lambda text, _: text.replace(" — ", " – "),
    "double hyphens": lambda text, _: text.replace(" — ", "--"),
    "hyphens that do not break": lambda text, _: text.replace("-", "\u2011"),
    "page breaks and page numbers": _paged,
    "words broken over pages": lambda text, draw: _hyphenated(text, draw, "-\n\f"),
    "note numbers in brackets": lambda text, draw: _noted(text, draw, [f"[{n}]" for n in range(1, 99)]),
    "raised note numbers": lambda text, draw: _noted(text, draw, list("¹²³")),
    "trade marks": lambda text, _: re.sub(r"(Tidewater Data|Beacon Freight)", "\\1™", text),
    "capitals throughout": lambda text, _: text.upper(),
}  # fmt: skip

#: Ways in which a sound quotation is printed.
IN_PRINT: dict[str, Change] = {
    "as it stands": lambda text, _: text,
    "straight apostrophes": lambda text, _: text.replace("’", "'"),
    "within quotation marks, with our comma": lambda text, _: f"“{text},”",
    "within guillemets": lambda text, _: f"« {text} »",
    "an ellipsis of one character": lambda text, _: _cut(text, "…"),
    "an ellipsis of three dots": lambda text, _: _cut(text, " ... "),
    "an ellipsis in brackets": lambda text, _: _cut(text, " [...] "),
    "an ellipsis of spaced dots": lambda text, _: _cut(text, " . . . "),
    "a first letter in brackets": lambda text, _: f"[{text[0].swapcase()}]{text[1:]}",
    "a first letter of the other case": lambda text, _: text[0].swapcase() + text[1:],
    "a name put in brackets": lambda text, _: re.sub(r"\b(we|it|ours|The)\b", "[the firm]", text, count=1),
    "with [sic]": lambda text, _: re.sub(r"^(\w+ [\w%-]+) ", "\\1 [sic] ", text),
    "double hyphens": lambda text, _: text.replace(" — ", "--"),
    "hyphens for dashes": lambda text, _: text.replace(" — ", " - "),
    "spaces that do not break": lambda text, _: text.replace(" ", "\u00a0"),
    "letters and accents apart (NFD)": lambda text, _: unicodedata.normalize("NFD", text),
}  # fmt: skip
