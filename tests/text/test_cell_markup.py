"""A cell's Markdown is read as JupyterLab shows it: lists keep their numbers, pictures and marks given as HTML are what they are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.evidence.prose.document import Document
from kit.text.cells.markup import pandoc_markdown
from kit.text.pandoc import document_json, parse_cells, run_pandoc


def shown(source):
    blocks = parse_cells([{"cell_type": "markdown", "source": source}])[1]
    return run_pandoc(document_json(blocks), "json", "gfm-raw_html").replace("&nbsp;\n\n", "")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("0. none\n1. one", "0.  none\n1.  one"),
        ("7. seven\n8. eight", "7.  seven\n8.  eight"),
        ("1) one\n2) two", "1.  one\n2.  two"),
        ("<ol start=5><li>five</li><li>six</li></ol>", "5.  five\n6.  six"),
        ("<ol start='3' type='a'>\n<li>c</li>\n</ol>", "3.  c"),
        ("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", "- a\n  1.  b\n- c"),
        ("1. a\n\n| x |\n|---|\n| y |\n\n2. b", "1.  a\n\n| x   |\n|-----|\n| y   |\n\n2.  b"),
        ("In all of\n1988. It went on.", "In all of 1988. It went on."),
        ("Boxes:\n1. red\n2. blue", "Boxes:\n\n1.  red\n2.  blue"),
        ("- a\n  1. b\n  2. c", "- a\n  1.  b\n  2.  c"),
        ("<b>Bold</b> and <em>so</em><br>on", "**Bold** and *so*\\\non"),
        ("| a<br>b | c |\n|---|---|\n| d | e |", "| a b | c   |\n|-----|-----|\n| d   | e   |"),
        ("A <i>quay</i> in `<i>`", "A *quay* in `<i>`"),
        ("```\n1) <b>x</b>\n2021. y\n```", "    1) <b>x</b>\n    2021. y"),
        ("3 < 4 and 5 > 2", "3 \\< 4 and 5 \\> 2"),
        ("x <unknown> y", "x \\<unknown\\> y"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(source, words):
    assert shown(source) == words


@given(st.text(alphabet="ab12 .)\n`~<>/olibr=\"'-|#", max_size=120))
def test_no_word_is_lost(source):
    made = pandoc_markdown(source)
    assert made.replace("\\", "").count("a") >= source.count("a") - source.count("<")
    if "<" not in source:
        assert [c for c in made if c not in "\\).\n "] == [c for c in source if c not in "\\).\n "]


@pytest.mark.parametrize(
    "source", ["<" * 100_000, "`" * 50_000 + "a", '<b a="' * 20_000, "<ol>" * 20_000, "1) " * 50_000]
)
def test_no_cell_takes_long(source):
    began = time.perf_counter()
    pandoc_markdown(source)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("unseen", [
    "<!-- the clerk -->", "<!--\nthe clerk\n\nsaid [@x]\n-->", "<!-- the clerk", "- item <!-- the clerk -->", "| a | b |\n|--|--|\n| 1 <!-- the clerk --> | 2 |",
])  # fmt: skip
def test_what_a_notebook_does_not_show_is_not_printed(unseen: str) -> None:
    document = Document({"cells": [{"cell_type": "markdown", "source": f"Ten boxes came.\n\n{unseen}"}]})
    assert "clerk" not in str(document.prose)
    assert not document.marks
    assert document.sentences[0].text == "Ten boxes came."


@pytest.mark.parametrize("code", ["`<!-- kept -->`", "```\n<!-- kept -->\n```"])
def test_a_comment_in_code_stays(code: str) -> None:
    document = Document({"cells": [{"cell_type": "markdown", "source": code}]})
    assert "<!-- kept -->" in str(document.prose)
