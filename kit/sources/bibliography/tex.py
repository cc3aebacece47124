"""What a BibTeX field says in plain letters: macros, accents, maths and dashes as the signs that they print."""

from __future__ import annotations

import logging
import re
import unicodedata
from functools import cache
from typing import Any

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    SpecialsTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexencode import get_builtin_conversion_rules
from pylatexenc.latexwalker import LatexWalker, LatexWalkerError
from pylatexenc.latexwalker import get_default_latex_context_db as walker_context_db
from pylatexenc.macrospec import MacroSpec

# What it could not read it leaves as it is, and says so to a log that nobody set up.
logging.getLogger("pylatexenc").addHandler(logging.NullHandler())
logging.getLogger("pylatexenc").propagate = False

_DEEPEST, _LONGEST = 50, 20_000
# What nine fields of ten hold, read without a parser, which takes 20 seconds for a million signs.
_ACCENT = re.compile(r"""\\([`'^"~=.]) ?(?:\{\\?([A-Za-z])\}|\\([ij])(?![A-Za-z]) ?|([A-Za-z]))""")
_MARKS = dict(zip("`'^\"~=.", "\u0300\u0301\u0302\u0308\u0303\u0304\u0307", strict=True))
_CIRCLE = re.compile(r"\^(?:\{\\circ ?\}|\\circ(?![A-Za-z]))")
_ESCAPED = re.compile(r"\\([%&_#$~{}])")
_ESCAPE = re.compile(r"\\([%&_#])")
_LITERAL = re.compile(r"(?<!\\)[%&]")
_DOLLAR = re.compile(r"(?<!\\)\$")
_MATHS = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$")
_MONEY = re.compile(r"\d[\d.,]*(?:[ -]|$)")
_RAISED = re.compile(r"([_^])(?:\{([\w+=()-]{1,12})\}|([\w+=()-]))")
_ABOVE = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
_BELOW = dict(zip("0123456789+-=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓ", strict=True))
#: Signs that the tables of pylatexenc lack, and macros that only change the look of what follows.
_FURTHER = {
    "pounds": "£", "copyright": "©", "euro": "€", "texteuro": "€", "EUR": "€", "celsius": "℃", "textcelsius": "℃",
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}", "textasciicircum": "^",
    "textasciigrave": "`", "textasciitilde": "~", "degree": "°", "Dj": "Đ", "-": "", "textquotesingle": "'", "textquotedbl": '"', "textmu": "µ", "textpm": "±", "texttimes": "×", "textdiv": "÷",
    "textlnot": "¬", "textbardbl": "‖", "textunderscore": "_", "textnumero": "№", "textcircledP": "℗", "textohm": "Ω",
    "textestimated": "℮", "textservicemark": "℠", "textleftarrow": "←", "textrightarrow": "→", "textuparrow": "↑",
    "textdownarrow": "↓", "textlangle": "⟨", "textrangle": "⟩", "textopenbullet": "◦", "textvisiblespace": "␣",
    "textfractionsolidus": "⁄", "textacutedbl": "˝", "textasciibreve": "˘", "textasciicaron": "ˇ", "slash": "/",
    "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "backslash": "\\", "textbackslash": "\\",
    "bibrangedash": "–", "mkbibdash": "–", "hyphen": "-", "mdash": "—", "ndash": "–", "dots": "…", "ldots": "…",
    "textsection": "§", "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "guillemetleft": "«", "guillemetright": "»",
    "flqq": "«", "frqq": "»", "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "lq": "‘", "rq": "’", "ast": "*",
    "textquotedblleft": "“", "textquotedblright": "”", "relax": "", "protect": "", "em": "", "it": "", "bf": "",
    "rm": "", "sc": "", "sl": "", "sf": "", "tt": "", "itshape": "", "bfseries": "", "scshape": "", "upshape": "",
    "today": r"\today", "normalfont": "", "allowbreak": "", "nobreak": "", "linebreak": " ", "newline": " ", "xspace": "", "/": "",
}  # fmt: skip

_AROUND = {"foreignlanguage": "%(2)s", "enquote": "“%s”", "mkbibquote": "“%s”", "mkbibemph": "%s", "url": "%s", "href": "%(2)s (%(1)s)", "textsuperscript": "%s",
           "textsubscript": "%s", "noopsort": "", "frac": "%s/%s", "nicefrac": "%s/%s", "sfrac": "%s/%s",
           "textcommabelow": "%s\u0326", "cb": "%s\u0326", "textroundcap": "%s\u0311", "textdoublegrave": "%s\u030f",
           "h": "%s\u0309", "textsubring": "%s\u0325", "textbaraccent": "%s\u0335"}  # fmt: skip
#: Macros whose words pylatexenc throws away, or prints a sign of its own for: a box, a letter, a heading, what is cited.
_HELD = [
    "mbox",
    "makebox",
    "fbox",
    "texttt",
    "textsf",
    "textup",
    "textmd",
    "title",
    "author",
    "date",
    "keywords",
    "chapter",
    "section",
    "include",
    "input",
    "includegraphics",
    "ref",
    "eqref",
    "cref",
    "Cref",
    "autoref",
    "pageref",
    "cite",
    "citep",
    "citet",
    "citealp",
    "citealt",
    "citeauthor",
    "citefullauthor",
    "citenum",
    "citepalias",
    "citetalias",
    "citetext",
    "citeyear",
    "citeyearpar",
    "Citep",
    "Citet",
    "Citealp",
    "Citealt",
    "Citeauthor",
]


def tex_text(value: str) -> str:
    """The field's value as it prints, in one line of composed letters, its braces gone; capitals are as in the file.

    A macro that is not known stays as it is written, and what it holds stays too. Addresses are for `tex_address`.

    >>> tex_text(r"{\\DH}or{\\dj}evi{\\'c} on {$\\alpha$} rays{\\textemdash}1990--95, CO$_2$")
    'Ðorđević on α rays—1990–95, CO₂'
    >>> tex_text("A {NATO} port for $5 million: ``O'Brien's''")
    "A NATO port for $5 million: “O'Brien's”"
    """
    value = _ACCENT.sub(lambda found: (found[2] or found[3] or found[4]) + _MARKS[found[1]], value)
    plain = _ESCAPE.sub(r"\1", value)
    value = plain if "\\" not in plain and "$" not in value else value
    if "\\" in value or "$" in value:
        value = _printed(value)
    else:
        for sign, printed in (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("`", "‘"), ("~", " ")):
            value = value.replace(sign, printed)
        value = value.replace("{", "").replace("}", "")
    return unicodedata.normalize("NFC", " ".join(value.split()))


def tex_address(value: str) -> str:
    """An address, DOI or file name that a field holds, its TeX escapes undone and nothing else touched.

    >>> tex_address(r"\\url{https://post.example/a\\_b?x=1\\&y=a--b\\%20c}")
    'https://post.example/a_b?x=1&y=a--b%20c'
    """
    value = re.sub(r"\\(?:url|nolinkurl|path|href|texttt) *(?=\{)", "", value)
    value = re.sub(r"\\(?:textasciitilde|string~|~|sim)(?:\{\}| )?|\$\\sim\$", "~", value)
    value = re.sub(r"\\(?:textunderscore|_)(?:\{\})?", "_", value)
    value = re.sub(r"\{?\\(?:textpercent|%)\}?(?:\{\})?", "%", value)
    return _ESCAPED.sub(r"\1", value).replace("{", "").replace("}", "").strip()


def _printed(value: str) -> str:
    depth = deepest = 0
    for brace in re.findall(r"(?<!\\)[{}]", value):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST or len(value) > _LONGEST:
        return value.replace("{", "").replace("}", "")
    value = re.sub(r"\\ensuremath *\{([^{}]*)\}", r"$\1$", _LITERAL.sub(r"\\\g<0>", value))
    if len(_DOLLAR.findall(value)) % 2 or any(map(_MONEY.match, _MATHS.findall(value))):
        value = _DOLLAR.sub(r"\\$", value)
    value = _MATHS.sub(lambda maths: "$" + _RAISED.sub(_raised, _CIRCLE.sub("°", maths[1])) + "$", value)
    value = re.sub(r"\\text(super|sub)script\{([\w+=()-]{1,12})\}", _raised_text, value)
    walker, reader = _readers()
    try:
        nodes = LatexWalker(value, latex_context=walker, tolerant_parsing=True).get_latex_nodes()[0]
        return str(reader.nodelist_to_text(nodes))
    except (LatexWalkerError, IndexError, AttributeError, TypeError, ValueError):
        # It reads what programs write; a macro cut off from its arguments it cannot.
        return value.replace("{", "").replace("}", "")


def _raised(found: re.Match[str]) -> str:
    return _moved(found[2] or found[3], _ABOVE if found[1] == "^" else _BELOW) or found[0]


def _raised_text(found: re.Match[str]) -> str:
    return _moved(found[2], _ABOVE if found[1] == "super" else _BELOW) or found[2]


def _moved(signs: str, table: dict[str, str]) -> str:
    moved = [table.get(sign, "") for sign in signs]
    return "".join(moved) if all(moved) else ""


@cache
def _readers() -> tuple[Any, LatexNodes2Text]:
    known, walker = get_default_latex_context_db(), walker_context_db()
    signs = {name: sign for sign, name in _signs() if known.get_macro_spec(name).simplify_repl in (None, "")}
    macros = [MacroTextSpec(name, simplify_repl=sign) for name, sign in (signs | _FURTHER).items()]
    macros += [MacroTextSpec(name, simplify_repl=printed) for name, printed in _AROUND.items()]
    macros += [MacroTextSpec(name, simplify_repl=_arguments) for name in _HELD]
    macros.append(MacroTextSpec("verb", simplify_repl=lambda node: node.nodeargd.verbatim_text))
    macros.append(MacroTextSpec("selectlanguage", simplify_repl=""))
    specials = [SpecialsTextSpec("~", " "), SpecialsTextSpec("`", "‘")]
    known.add_context_category("bibliographies", macros=macros, specials=specials, prepend=True)
    known.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_unknown))
    held = [MacroSpec(name, "{" * printed.count("%")) for name, printed in _AROUND.items()]
    held.append(MacroSpec("foreignlanguage", "{{"))
    walker.add_context_category("bibliographies", macros=held, prepend=True)
    return walker, LatexNodes2Text(latex_context=known, math_mode="text", keep_comments=True)


def _signs() -> list[tuple[str, str]]:
    """The signs that a macro without arguments stands for, by the table of the W3C."""
    found = []
    for code, macro in get_builtin_conversion_rules("unicode-xml")[0].rule.items():
        if match := re.fullmatch(r"\{?\\([A-Za-z]+)(?:\{\})?\}?", macro):
            found.append((chr(code), match[1]))
    return found


def _arguments(node: Any, l2tobj: LatexNodes2Text) -> str:
    given = [each for each in (node.nodeargd.argnlist if node.nodeargd else None) or () if each is not None]
    return " ".join(l2tobj.nodelist_to_text([each]).strip("[]*") for each in given)


def _unknown(node: Any) -> str:
    behind = node.parsing_state.s[node.pos + node.len :]
    return "" if behind.startswith("{") else f"\\{node.macroname}{node.macro_post_space}"
