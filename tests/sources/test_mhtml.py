"""MHTML: the page inside."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.sources.capture.mhtml import BadMhtml, html_of_mhtml, saved_from

SAVED = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://harbourpost.example/raid#x\r\n"
    b"Subject: =?utf-8?Q?Raid?=\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Part--9"\r\n\r\n\r\n'
    b"------Part--9\r\nContent-Type: text/html\r\nContent-Location: https://ad.example/frame\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n\r\n<p>an advertisement\r\n"
    b"------Part--9\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    b"Content-Location: https://harbourpost.example/raid#x\r\n\r\n<p>Fifty=20b=\r\noxes &eacute;=C3=A9\r\n"
    b"------Part--9\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n"
    b"------Part--9--\r\n"
)


def test_the_page_is_the_part_the_file_was_saved_from() -> None:
    assert html_of_mhtml(SAVED, "x.mhtml") == "<p>Fifty boxes &eacute;é".encode()


def test_where_it_was_saved_from(tmp_path: Path) -> None:
    path = tmp_path / "x.mhtml"
    path.write_bytes(SAVED)
    assert saved_from(path) == "https://harbourpost.example/raid"
    path.write_bytes(SAVED.replace(b"https://harbourpost.example/raid#x", b"javascript:alert(1)"))
    assert saved_from(path) == ""


def test_base64_pages_are_read() -> None:
    body = b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n"
    body += b"Content-Transfer-Encoding: base64\n\nPHA+\naGk=\n--b--"
    assert html_of_mhtml(body, "x") == b"<p>hi"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Content-Type: multipart/related\n\n--b\n",
        b'Content-Type: multipart/related; boundary="b"\n\nno part',
        b'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: image/png\n\nx\n--b--',
        b'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n\nno end',
        b'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n'
        b"Content-Transfer-Encoding: base64\n\nA\n--b--",
    ],
)
def test_a_file_without_a_page_is_named(data: bytes) -> None:
    with pytest.raises(BadMhtml) as caught:
        html_of_mhtml(data, "x.mhtml")
    assert caught.value.remedy


@given(st.integers(0, len(SAVED)), st.binary(max_size=10))
def test_any_damage_ends_in_a_page_or_a_named_error(where: int, noise: bytes) -> None:
    try:
        page = html_of_mhtml(SAVED[:where] + noise + SAVED[where + len(noise) :], "x")
    except BadMhtml:
        return
    assert isinstance(page, bytes)
