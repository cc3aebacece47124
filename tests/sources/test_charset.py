"""Bytes to text, whatever is claimed about them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.sources.extract.article import extract_html
from kit.sources.extract.reading.html_tree import decode

TEXT = "Größe: naïve façade — “quoted”. " * 20


@pytest.mark.parametrize(
    ("data", "declared", "charset", "how"),
    [
        (TEXT.encode(), "", "utf-8", "the bytes"),
        (TEXT.encode(), "iso-8859-1", "utf-8", "the bytes"),
        (TEXT.encode("cp1252"), "iso-8859-1", "cp1252", "the server"),
        (b'<meta charset="windows-1252">' + TEXT.encode("cp1252"), "", "cp1252", "the page's meta element"),
        (b'<meta charset="latin-1">' + TEXT.encode("cp1252"), "utf-8", "cp1252", "the page's meta element"),
        (
            b'<?xml version="1.0" encoding="cp1252"?>' + TEXT.encode("cp1252"),
            "",
            "cp1252",
            "the XML declaration",
        ),
        (b"\xef\xbb\xbf" + TEXT.encode(), "iso-8859-1", "utf-8", "byte order mark"),
        (TEXT.encode("utf-16"), "utf-8", "utf-16-le", "byte order mark"),
        (b"plain", "", "ascii", "the bytes"),
        (b"plain", "utf-8", "utf-8", "the server"),
        ("港湾局は火曜日の朝、第九岸壁を閉鎖した。".encode("cp932") * 9, "shift_jis", "cp932", "the server"),
    ],
)
def test_the_charset_is_the_one_the_bytes_bear_out(
    data: bytes, declared: str, charset: str, how: str
) -> None:
    text, found = decode(data, declared)
    assert (found.value, found.how) == (charset, how)
    assert "�" not in text


def test_a_lying_claim_is_kept_beside_the_truth() -> None:
    found = decode(b'<meta charset="shift_jis">' + TEXT.encode(), "iso-8859-1")[1]
    assert [(offer.value, offer.how) for offer in found.others] == [
        ("cp1252", "the server"),
        ("cp932", "the page's meta element"),
    ]


@pytest.mark.parametrize("claim", ["base64", "no-such-charset", "", "  ", "hex", "utf-8\0", "idna"])
def test_a_claim_that_names_no_charset_is_no_claim(claim: str) -> None:
    assert decode(TEXT.encode(), claim)[1].others == ()


def test_undeclared_bytes_are_guessed_and_said_to_be() -> None:
    text, found = decode(("Съешь же ещё этих мягких французских булок, да выпей чаю. " * 9).encode("cp1251"))
    assert found.how == "guessed from the bytes"
    assert "французских" in text


def test_broken_bytes_are_counted() -> None:
    page = extract_html(b"<p>" + TEXT.encode() * 20 + b"\xff\xfe</p>", "https://a.example/")
    assert [warning.says for warning in page.warnings if warning.code == "broken-bytes"] == [
        "2 bytes are not utf-8; they show as �"
    ]


@given(st.binary(), st.text(max_size=20))
def test_any_bytes_give_a_text_and_a_charset(data: bytes, declared: str) -> None:
    text, found = decode(data, declared)
    assert found.value
    assert found.how
    assert len(text) <= len(data)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_utf8_is_read_as_written(text: str) -> None:
    assert decode(text.encode())[0] == text.removeprefix("\ufeff")
