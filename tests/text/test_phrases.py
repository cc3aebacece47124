"""What a report prints: every phrase of the kit is there in German, and a translation has no phrase of its own."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from kit.evidence.passages.verdict import REMEDIES
from kit.reporting.book import notes
from kit.reporting.findings import sureness
from kit.reporting.transforms import paper
from kit.reporting.writers.html import cards, evidence, site
from kit.tables.schema import TABLES
from kit.text.translations.phrases import phrases

ROOT = Path(__file__).parents[2] / "kit"
TRANSLATIONS = ROOT / "text/translations"
#: Those that must be whole; another may lack phrases, which stay English.
WHOLE = ("de",)
_IN_TEMPLATE = re.compile(r"say\((?:\"([^\"]+)\"|'([^']+)')")


def _literal(node: ast.expr) -> list[str]:
    """The words of an argument, or of either branch of a choice."""
    if isinstance(node, ast.IfExp):
        return [*_literal(node.body), *_literal(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _in_code(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            owner = getattr(node.func, "value", None)
            if name == "say":
                found |= {words for one in node.args[:1] for words in _literal(one)}
            elif name == "many" and "say" in ast.unparse(owner):
                found |= {words for one in node.args[1:] for words in _literal(one)}
    return found


def printed() -> set[str]:
    """Every phrase that code or a template prints by its literal, and those that tables of the kit hold."""
    found = {"thousands,", "and"}
    for room in ("reporting", "evidence/replies.py"):
        paths = (ROOT / room).rglob("*.py") if (ROOT / room).is_dir() else [ROOT / room]
        for path in paths:
            found |= _in_code(path)
    for path in (ROOT / "reporting/templates").glob("*.html"):
        found |= {one or other for one, other in _IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))}
    found |= {*notes.VERDICT_WORDS.values(), *notes.STANCES.values(), *notes._READ.values()}
    found |= {*paper.EDITION_LINES.values(), *site._STATES.values(), *evidence.COLUMNS}
    found |= {*cards.SOURCE_TIERS.values(), *cards.SOURCE_TYPES.values()}
    found |= {words for grade in sureness.GRADES for words in grade[1:]}
    found |= {word for pair in evidence.NOUNS.values() for word in pair}
    found |= {verdict.replace("-", " ") for verdict in REMEDIES if verdict in notes.VERDICT_WORDS}
    columns = {column.name: column for table in TABLES.values() for column in table.columns if column.words}
    (kind,) = (column for column in TABLES["actors"].columns if column.name == "kind")
    kinds = {word.replace("-", " ") for word in kind.words}
    return found | kinds | {*columns["stance"].words, *columns["confidence"].words}


@pytest.mark.parametrize("code", WHOLE)
def test_no_phrase_is_missing(code):
    words = tomllib.loads((TRANSLATIONS / f"{code}.toml").read_text(encoding="utf-8"))
    assert sorted(printed() - words.keys()) == []


@pytest.mark.parametrize("path", sorted(TRANSLATIONS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_translation_fills_in_the_same_words(path):
    for english, translated in tomllib.loads(path.read_text(encoding="utf-8")).items():
        assert sorted(re.findall(r"\{(\w+)\}", english)) == sorted(re.findall(r"\{(\w+)\}", translated))


def test_a_phrase_that_is_not_translated_stays_english():
    assert phrases("fi")("See note {number}.", number=2) == "See note 2."
    assert phrases("../../etc/passwd")("Sources") == "Sources"
