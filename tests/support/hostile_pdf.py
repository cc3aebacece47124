"""Small PDFs that make a reader draw without end."""

from __future__ import annotations

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_WORDS = b"BT /T 12 Tf 10 100 Td (Fifty boxes were found.) Tj ET "


def _file(objects: list[bytes]) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (count, rows, count, len(made))
    )


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def _form(drawn: int, content: bytes) -> bytes:
    what = b"/XObject << /F %d 0 R >>" % drawn if drawn else b""
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Resources << /Font << /T 5 0 R >> %s >>"
    return _stream(entries % what, content)


def _page(times: int, *forms: bytes) -> bytes:
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
            b" /Resources << /Font << /T 5 0 R >> /XObject << /F 6 0 R >> >> >>",
            _stream(b"", _WORDS + b"/F Do " * times),
            _FONT,
            *forms,
        ]
    )


def self_drawing_pdf(times: int = 20) -> bytes:
    """A page with a form that draws itself ``times`` over."""
    return _page(times, _form(6, _WORDS + b"/F Do " * times))


def chained_pdf(length: int = 12, times: int = 10) -> bytes:
    """A page with a form that draws a second one ``times`` over, which draws a third, and so on."""
    forms = [_form(7 + at, b"/F Do " * times) for at in range(length - 1)]
    return _page(times, *forms, _form(0, _WORDS))
