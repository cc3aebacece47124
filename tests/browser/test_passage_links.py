"""Links to passages in a browser: each opens the page at the words that the gate found."""

from __future__ import annotations

import io
import random
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import unquote

import pytest
from PIL import Image

from kit.evidence.passages.capture_text import CaptureText
from kit.evidence.passages.fragments import fragment
from kit.sources.extract.reading.html_tree import parse
from kit.sources.extract.reading.visible import seen

pytestmark = pytest.mark.desk

#: Blocks of invented pages, each with something that has led links astray: the words that are marked are shown as
#: ``::target-text``. {n} is a word of the page's own.
BLOCKS = (
    "<p>The harbour office of {n} said on Monday that it had paid the fine in full, and that no berth was let.</p>",
    "<p>The mark on berth {n} is a high&#8209;contrast one, and was painted “late&nbsp;at&nbsp;night”, said a pilot.</p>",
    "<p>The court<sup><a href='#n'>2</a></sup> of {n} disagreed with him in May, and the <b>cha</b>mber<sup>3</sup> with it.</p>",
    "<ul><li>Seven ships of {n} were searched at dawn</li><li>and nine tugs were left alone by the officers</li></ul>",
    "<table><tr><th>Quay</th><th>Fee of 2021</th></tr><tr><td>North quay {n}</td><td>€1,250 a berth</td></tr><tr><td>South quay</td><td>€2,750 a berth</td></tr></table>",
    "<p>The permits of {n} cover 10<sup>6</sup> tonnes of cargo, or 3.5&thinsp;% of it.</p>",
    "<p>这家{n}公司被称为“中国虾稻米之乡”响当当的牌子，获得市场高度认可。港口在星期一关闭了大门，没有人被告知。</p>",
    "<p>日本の{n}港は月曜日に「門を閉じた」と発表した。船は入れなかった。</p>",
    "<p>قال مكتب الميناء {n} يوم الإثنين إنه دفع الغرامة كاملة، ولم يؤجر أي رصيف.</p>",
    "<p>Das Hafenamt {n} teilte mit, es habe die Straf&shy;zahlung von 1.250&nbsp;Euro „sofort“ geleistet – trotz allem.</p>",
    "<p>« Nous avons payé », a déclaré le port de {n} ; l’office n’a pas répondu à l’appel d’offres.</p>",
    "<p>One line of {n}<br>and another line<br>and a third, of the same paragraph.</p>",
    "<p>The fee of {n} is <del>ten</del> <ins>twelve</ins> euros a night, <span hidden>not</span> a week, says the notice.</p>",
    "<blockquote><p>“We told {n} everything,” she said. “They didn’t listen.”</p></blockquote>",
    "<h2>What the brokers of {n} say</h2><p>Nothing, so far.</p>",
    "<p>The harbour office of Elsewhere said on Monday that it had paid the fine in full, and that no ship came.</p>",
    "<dl><dt>Berth of {n}</dt><dd>a place for a ship, let by the night</dd></dl>",
    "<pre>line one of {n}\n  line   two, indented</pre>",
    "<p>CO<sub>2</sub> of {n} fell by half; see <code>kit.open()</code>, A/B &amp; C, x-y, 50%—or so.</p>",
    "<div>Loose words of {n}<div>and a block within them</div>and words behind it</div>",
)  # fmt: skip
NAMES = ("Northport", "Eastham", "Wrayton", "Southmere", "Ostwick")


def _pages() -> Iterator[tuple[str, str]]:
    """Twenty pages of all blocks, in an order of their own, and some twice."""
    for number in range(20):
        draw = random.Random(number)
        blocks = [block.replace("{n}", draw.choice(NAMES)) for block in draw.sample(BLOCKS, len(BLOCKS))]
        yield (
            f"/{number}",
            (
                "<!doctype html><meta charset=utf-8><title>Page</title><style>p {margin: 300px 0}"
                f" .off {{display: none}}</style><nav>Home News</nav>{''.join(blocks)}<p class=off>Nobody sees this.</p>"
            ),
        )


def _passages(text: CaptureText, draw: random.Random) -> Iterator[tuple[int, int]]:
    """Six stretches of a page: whole words, or, of scripts without spaces, characters."""
    normal = text.normal.text
    for _ in range(6):
        spaces = [0, *(at + 1 for at, letter in enumerate(normal) if letter in " \n")]
        first = draw.randrange(len(spaces) - 30)
        stop = spaces[first + draw.choice((3, 6, 12, 25))] - 1
        start = spaces[first]
        word = normal[start:].split()[0]
        if ord(word[0]) > 0x3000 and len(word) > 12:
            start += draw.randrange(6)
            stop = start + draw.randrange(5, len(word) - 6)
        yield start, stop


#: The edges of the first and the last of the words sought, on the screen: the nth time that they stand on the page.
_EDGES = """([words, nth]) => {
    const spots = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, holder = node.parentElement;
        if (holder.closest("del, [hidden], .off, sup a")) continue;
        for (let at = 0; at < node.data.length; at++) if (!/[\\s\\u00ad]/.test(node.data[at])) spots.push([node, at]);
    }
    const text = spots.map(([node, at]) => node.data[at]).join("");
    let first = -1;
    do { first = text.indexOf(words, first + 1); } while (first >= 0 && nth--);
    if (first < 0) return null;
    const edge = ([node, at]) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        return [box.left + box.width / 2, box.top + 1];
    };
    return [edge(spots[first]), edge(spots[first + words.length - 1])];
}"""
_RED = "<style>::target-text {background: rgb(255, 0, 0); color: rgb(255, 0, 0)}</style>"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, dict[str, str]]]:
    """The address of the pages, and what each is."""
    pages = dict(_pages())

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"{pages.get(self.path, '')}{_RED}".encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()
    server.server_close()


def _bare(text: str) -> str:
    """The text as `_EDGES` looks for it: without spaces, its raised digits as they stand in the code."""
    plain = "".join(unicodedata.normalize("NFKC", c) if c in "⁰¹²³⁴⁵⁶⁷⁸⁹" else c for c in text)
    return re.sub(r"[\s\u00ad]", "", plain)


def _opens(browser: Any, address: str, page: CaptureText, start: int, stop: int) -> str:
    """What is amiss with the link to a passage; '' where the browser marks its first and its last letter."""
    link = fragment(page, start, stop)
    words, before = page.original(start, stop), page.text[: page.normal.origin(start, stop)[0]]
    tab = browser.new_page(viewport={"width": 1000, "height": 1200})
    try:
        tab.goto(f"{address}#:~:{link}")
        tab.wait_for_timeout(60)
        edges = tab.evaluate(_EDGES, [_bare(words), _bare(before + words[:-1]).count(_bare(words))])
        if edges is None:
            return f"the test does not find {words!r}"
        picture = Image.open(io.BytesIO(tab.screenshot(full_page=True))).convert("RGB")
        scrolled = tab.evaluate("window.scrollY")
        if not 0 <= edges[0][1] <= 1200:
            return f"{words!r} at {address} is not in sight by {unquote(link)}"
        for x, y in ((x, y + scrolled) for x, y in edges):
            inside = 0 <= x < picture.width and 0 <= y < picture.height
            if not inside or picture.getpixel((int(x), int(y))) != (255, 0, 0):
                return f"{words!r} at {address} is not marked by {unquote(link)}"
        return ""
    finally:
        tab.close()


def test_each_link_opens_where_the_passage_stands(browser: Any, served: tuple[str, dict[str, str]]) -> None:
    origin, pages = served
    amiss, tried = [], 0
    for path, html in pages.items():
        page = seen(parse(html))
        when = datetime(2021, 3, 1, tzinfo=UTC)
        text = CaptureText("c", "s", when, False, page.text, structure=page.structure)
        for start, stop in _passages(text, random.Random(path)):
            tried += 1
            amiss += filter(None, [_opens(browser, origin + path, text, start, stop)])
    assert tried >= 100
    assert not amiss, "\n".join(amiss)
