"""What a notebook shows is printed as what it is, in every format, or refused with its cell and a remedy."""

from __future__ import annotations

import base64
import copy
import io

import altair
import docx
import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from support.books import DOT, book_of, pdf_alts, pdf_text, shown

import kit
from kit.errors import KitError, Problems
from kit.evidence.prose.document import Document
from kit.evidence.prose.statements import VEGALITE
from kit.reporting.book.book import make_book
from kit.reporting.book.outputs import Outputs
from kit.reporting.execution.kernel import execute
from kit.reporting.execution.run import changes
from kit.reporting.writers import markdown, pdf
from kit.reporting.writers.docx import writer
from kit.reporting.writers.html import site
from kit.text.pandoc import parse_cells

PICTURE = base64.b64encode(DOT).decode()


@pytest.fixture
def case(case_folder):
    return kit.open(case_folder)


def texts(book):
    """What the book says in each format."""
    word = docx.Document(io.BytesIO(writer.word_bytes(book)))
    return {
        "html": "\n".join(
            content for name, content in site.site_files(book).items() if name.endswith(".html")
        ),
        "md": markdown.markdown_files(book)["00-raid.md"].decode(),
        "pdf": pdf_text(pdf.pdf_bytes(book)),
        "docx": "\n".join(paragraph.text for paragraph in word.paragraphs),
    }


def refusal(case, *outputs):
    with pytest.raises(Problems) as caught:
        book_of(case, "# T", list(outputs))
    return str(caught.value)


def test_a_list_keeps_its_numbers(case):
    said = texts(
        book_of(case, "# T\n\n1. Berths\n\nThen the gate.\n\n4. Keys\n5. Logs\n\nAnd\n\n1953. It froze.")
    )
    assert '<ol start="4">' in said["html"]
    assert '<ol start="1953">' in said["html"]
    assert all(part in said["md"] for part in ("4.  Keys", "5.  Logs", "1953. It froze"))
    assert "4. Keys" in said["pdf"]
    assert "1953. It froze" in said["pdf"]


def test_an_attached_a_written_out_and_an_html_picture_are_printed(case):
    (case.path / "notebooks").mkdir()
    (case.path / "notebooks/quay.png").write_bytes(DOT)
    prose = (
        "# T\n\n![A lamp](attachment:a%20lamp.png)\n\n"
        f"![A buoy](data:image/png;base64,{PICTURE})\n\n<img width=9 alt='The quay &amp; crane' src=\"quay.png\">"
    )
    cell = new_markdown_cell(prose, attachments={"a lamp.png": {"image/png": PICTURE}})
    book = make_book(case, [Document(new_notebook(cells=[cell]), case.path / "notebooks/00-raid.ipynb")])
    assert pdf_alts(pdf.pdf_bytes(book)) == ["A lamp", "A buoy", "The quay & crane"]
    said = texts(book)["md"]
    assert all(f"![{alt}](00-raid/figure-" in said for alt in ("A lamp", "A buoy", "The quay & crane"))


def test_a_picture_of_html_in_code_is_code():
    blocks = parse_cells(
        [{"cell_type": "markdown", "source": "`<img src=a alt=b>`\n\n```\n<img src=a>\n```\n\n<b>x</b>"}]
    )
    assert [block["t"] for block in blocks[1]] == ["Para", "CodeBlock", "Para"]
    assert blocks[1][0]["c"][0]["c"][1] == "<img src=a alt=b>"


def test_pictures_in_text_without_words_or_content_are_refused(case):
    (case.path / "notebooks").mkdir()
    bad = "![](data:image/png;base64,AAAA)\n\n![x](data:image/png;base64,AAAA)\n\n![x](attachment:gone.png)\n\n<img src='gone.png'>"
    with pytest.raises(Problems) as caught:
        book_of(case, f"# T\n\n{bad}")
    assert str(caught.value).count("cell 1: ![](") == 4


def test_a_comment_in_a_drawing_is_no_script(case):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><desc>A pier</desc>{}</svg>'
    book = book_of(case, "# T", [shown({"image/svg+xml": drawing.format("<!-- layer 1 -->")})])
    assert "![A pier](00-raid/figure-1.png)" in texts(book)["md"]
    for active in ("<script>1</script>", "<?xml-stylesheet href='a.css'?>", "<rect onclick='1'/>"):
        assert "is a drawing that holds a script" in refusal(
            case, shown({"image/svg+xml": drawing.format(active)})
        )


def test_a_credit_is_printed_below_its_picture(case):
    book = book_of(case, f'# T\n\n![A buoy](data:image/png;base64,{PICTURE} "Photo: I. Moor / Harbour Post")')
    assert all("Photo: I. Moor / Harbour Post" in said for said in texts(book).values())


def test_what_a_cell_says_as_markdown_a_formula_or_data_is_printed_as_that(case):
    book = book_of(
        case,
        "# T",
        [
            shown(
                {
                    "text/markdown": "# Count\n\n**38** boxes",
                    "text/plain": "<IPython.core.display.Markdown object>",
                }
            ),
            shown({"text/latex": "$\\displaystyle x^2$", "text/plain": "<IPython.core.display.Math object>"}),
            shown({"application/json": {"boxes": 38}, "text/plain": "<IPython.core.display.JSON object>"}),
        ],
    )
    said = texts(book)
    assert not any("IPython" in text for text in said.values())
    assert "<strong>38</strong> boxes" in said["html"]
    assert "<math" in said["html"]
    assert said["html"].count("<h1>T</h1>") == 1
    assert "<h1>Count" not in said["html"]
    assert "**38** boxes" in said["md"]
    assert "$`x^2`$" in said["md"]
    assert all('"boxes": 38' in said[name] for name in ("md", "pdf", "docx"))


def test_a_terminals_colours_are_no_letters(case):
    book = book_of(
        case,
        "# T",
        [
            new_output(
                "stream", text="\x1b[1;31m38\x1b[0m boxes \x1b]8;;https://a.example\x1b\\there\x1b]8;;\x1b\\"
            )
        ],
    )
    for text in texts(book).values():
        assert "38 boxes there" in text
        assert "\x1b" not in text


def test_a_chart_of_altairs_own_is_drawn_with_its_words(case):
    bars = altair.Chart(pd.DataFrame({"berth": ["nine"], "boxes": [38]}), title="Boxes by berth")
    spec = bars.mark_bar().encode(x="boxes", y="berth").to_dict()
    book = book_of(case, "# T", [shown({VEGALITE: spec, "text/plain": "alt.Chart(...)"})])
    assert "![Boxes by berth](00-raid/figure-1.png)" in texts(book)["md"]
    assert pdf_alts(pdf.pdf_bytes(book)) == ["Boxes by berth"]
    del spec["title"]
    assert "cell 2: a chart has no words for somebody who cannot see it" in refusal(
        case, shown({VEGALITE: spec})
    )


def test_a_chart_asks_no_other_computer(case, tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    for address in ("https://host.example/a.csv", (tmp_path / "a.csv").as_uri()):
        spec = altair.Chart(address, title="T").mark_bar().encode(x="a:Q", y="b:Q").to_dict()
        assert "cell 2: a chart takes its data from " in refusal(case, shown({VEGALITE: spec}))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ({"text/html": "<div id='m'></div><script>draw()</script>", "application/vnd.plotly.v1+json": {}}, "holds <script>"),
        ({"text/html": "<iframe srcdoc='x'></iframe>"}, "holds <iframe>"),
        ({"text/html": "<p>38 <img src='https://a.example/a.png'></p>"}, "holds <img>"),
        ({"application/vnd.plotly.v1+json": {}, "text/plain": "Figure()"}, "is application/vnd.plotly.v1+json"),
        ({"application/javascript": "1", "text/plain": "<IPython.core.display.Javascript object>"}, "is application/javascript"),
        ({"text/latex": "\\begin{tabular}{l}a\\end{tabular}"}, "is LaTeX that is no formula"),
        ({"text/markdown": "They took 38 boxes [@2021-03-01-raid-harbour]."}, "has the mark 2021-03-01-raid-harbour"),
    ],
)  # fmt: skip
def test_what_only_a_screen_can_show_is_refused_by_name(data, what, case):
    assert f"notebooks/00-raid.ipynb: 1 problem to fix\n  cell 2: what it puts out {what}" in refusal(
        case, shown(data)
    )


def test_a_table_beside_other_kinds_is_a_table():
    kind, blocks = Outputs(
        [{"outputs": [made := shown({"text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "1"})]}]
    ).blocks(made)
    assert (kind, [block["t"] for block in blocks]) == ("table", ["Table"])
    with pytest.raises(KitError):
        Outputs([]).blocks(shown({"application/vnd.globe+json": {}, "text/plain": "Map()"}))


SETTLED = {
    "styler": "import pandas as pd\ndisplay(pd.DataFrame({'boxes': [38.5]}).style.format('{:.1f}'))\npd.DataFrame({'keys': [4]}).style",
    "altair": "import altair, pandas as pd\naltair.Chart(pd.DataFrame({'a': ['x'], 'b': [3]}), title='T').mark_bar().encode(x='a', y='b')",
    "widget": "import ipywidgets\nipywidgets.IntSlider(value=3)",
    "object": "class Berth: pass\nprint(Berth())\nBerth()",
}


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """A notebook run twice, and what each run left."""
    path = tmp_path_factory.mktemp("case") / "notebooks/00-a.ipynb"
    path.parent.mkdir()
    nbformat.write(new_notebook(cells=[new_code_cell(code) for code in SETTLED.values()]), path)
    return execute(path), execute(path)


def test_a_second_run_leaves_the_same(twice):
    first, second = twice
    assert [cell["outputs"] for cell in first["cells"]] == [cell["outputs"] for cell in second["cells"]]
    assert changes(first, second) == []
    one, other = (output["data"]["text/html"] for output in first["cells"][0]["outputs"])
    assert 'id="T_1_0"' in one
    assert 'id="T_1_1"' in other


def test_what_ran_is_printed_or_refused(twice, case):
    """Of the four, the widget has nothing that stands still."""
    cells = copy.deepcopy(twice[0])["cells"]
    with pytest.raises(Problems) as caught:
        make_book(case, [Document(new_notebook(cells=cells), case.path / "notebooks/00-raid.ipynb")])
    assert str(caught.value).splitlines()[1:] == [
        "  cell 3: what it puts out is a widget, of which nothing stands still; put a table in its place, or a picture "
        'with words: IPython.display.Image(..., alt="...")'
    ]


def test_what_jupyterlab_adds_on_saving_is_no_change(twice):
    saved = copy.deepcopy(twice[0])
    (output,) = saved["cells"][1]["outputs"]
    output["data"]["image/png"] = PICTURE
    output["data"][VEGALITE]["usermeta"] = {"embedOptions": {"theme": "dark"}}
    output["metadata"]["trusted"] = True
    saved["cells"][1]["metadata"]["trusted"] = True
    assert changes(twice[0], saved) == []
    output["data"][VEGALITE]["mark"] = {"type": "line"}
    assert [change.cell for change in changes(twice[0], saved)] == [2]


@pytest.mark.parametrize(("was", "now", "same"), [(38.0, 38, True), (38.5, 38, False)])
def test_a_whole_number_is_one_with_or_without_its_point(was, now, same):
    before, after = (
        new_notebook(cells=[new_code_cell("", outputs=[shown({"application/json": {"n": n}})])])
        for n in (was, now)
    )
    assert (changes(before, after) == []) is same
