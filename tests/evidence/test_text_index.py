"""The texts are kept once, found by the words they hold, and read one at a time."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.harbour import page

from kit.evidence.passages.text_index import TextIndex
from kit.text.normalise import normalise


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    captures = [replace(page(number), text=f"“ﬁne”\n\f{page(number).text}\ud800") for number in range(3)]
    with TextIndex(tmp_path / "deep" / "texts.sqlite") as texts:
        assert texts.add(captures) == [capture.id for capture in captures]
    with TextIndex(tmp_path / "deep" / "texts.sqlite") as texts:
        assert texts.sources().keys() == {capture.id for capture in captures}
        for capture in captures:
            back = texts.page(capture.id)
            assert (back.id, back.source, back.captured_at) == (
                capture.id,
                capture.source,
                capture.captured_at,
            )
            assert back.text == capture.text
            assert back.normal == normalise(capture.text)
            assert back.normal.layers == normalise(capture.text).layers
            assert not back.excerpt
        assert texts.of(captures[1].source)[0].id == captures[1].id


def test_only_what_changed_is_told(tmp_path: Path) -> None:
    one, other = page(1), page(2)
    with TextIndex(tmp_path / "t") as texts:
        texts.add([one, other])
        assert texts.add([one, other]) == []
        assert texts.add([one, replace(other, text=f"{other.text} More.")]) == [other.id]
        assert texts.add([replace(one, excerpt=True)]) == [one.id]
        assert texts.page(one.id).excerpt
        texts.drop([one.id])
        assert texts.sources().keys() == {other.id}
        with pytest.raises(KeyError):
            texts.page(one.id)


def test_an_index_of_another_format_is_made_anew(tmp_path: Path) -> None:
    with TextIndex(tmp_path / "t") as texts:
        texts.add([page(1)])
        texts._file.execute("pragma user_version = 0")
    with TextIndex(tmp_path / "t") as texts:
        assert texts.sources() == {}


WORDS = st.lists(
    st.sampled_from(["gate", "port", "firm", "fee", "list", "切", "断", "don't", "3.5"]),
    min_size=2,
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_no_capture_that_holds_the_words_is_left_out(pages: list[list[str]], data: st.DataObject) -> None:
    captures = [replace(page(0), id=f"c-{at}", text=" ".join(words)) for at, words in enumerate(pages)]
    at = data.draw(st.integers(0, len(pages) - 1))
    first = data.draw(st.integers(0, len(pages[at]) - 2))
    sought = " ".join(pages[at][first : first + data.draw(st.integers(2, 6))])
    with TextIndex(Path(":memory:")) as texts:
        texts.add(captures)
        found = texts.holding({"one": [sought], "none": ["never there"], "short": ["gate"]})
        assert f"c-{at}" in found["one"]
        assert found["none"] == found["short"] == []


def test_memory_does_not_grow_with_the_number_of_captures(tmp_path: Path) -> None:
    text = " ".join(page(number).text for number in range(10))

    def peak(count: int) -> int:
        with TextIndex(tmp_path / str(count)) as texts:
            tracemalloc.start()
            texts.add(replace(page(0), id=f"c-{number}", text=f"{number} {text}") for number in range(count))
            texts.holding({"e": ["cut the access of", "without naming a reason"]})
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return most

    peak(2)
    assert peak(60) < 1.5 * peak(6)
