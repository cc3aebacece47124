"""JupyterLab's File → Save and Export menu: the open notebook as the report prints it, as it was last saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter

from kit.case import open_case
from kit.evidence.prose.document import Document
from kit.reporting.book.book import Book, make_book
from kit.reporting.execution.run import check_marks


class _CasebookExporter(Exporter):
    """Exports one notebook of a case, not run again, in the internal edition: what may be published, `kit report` decides.

    A notebook outside a case raises `NoCase`; marks and numbers that do not hold raise `UnknownMark` with all of them.
    """

    def from_notebook_node(self, nb: Any, resources: Any = None, **words: Any) -> tuple[Any, Any]:
        """The export and what belongs to it, as nbconvert asks for them."""
        nb, resources = super().from_notebook_node(nb, resources, **words)
        facts = resources.get("metadata", {})
        path = Path(facts.get("path") or ".", f"{facts.get('name') or 'notebook'}.ipynb").resolve()
        case = _case_around(path)
        document = Document(nb, path)
        check_marks(case, [document])
        return self._made(make_book(case, [document], "internal"), resources), resources

    def _made(self, book: Book, resources: Any) -> Any:
        raise NotImplementedError


def _case_around(path: Path) -> Any:
    """The case that the notebook lies in; `NoCase` where it lies in none."""
    folder = next((f for f in path.parents if (f / "data/case.toml").is_file()), path.parent)
    return open_case(folder)


class HTML(_CasebookExporter):
    """One self-contained page."""

    file_extension = ".html"
    output_mimetype = "text/html"
    export_from_notebook = "Casebook: web page"

    def _made(self, book: Book, resources: Any) -> str:
        from kit.reporting.writers.html.site import site_files

        return site_files(book)[f"{book.chapters[0].name}.html"]


class PDF(_CasebookExporter):
    """A tagged PDF."""

    file_extension = ".pdf"
    output_mimetype = "application/pdf"
    export_from_notebook = "Casebook: PDF"

    def _made(self, book: Book, resources: Any) -> bytes:
        from kit.reporting.writers.pdf import pdf_bytes

        return pdf_bytes(book)


class Word(_CasebookExporter):
    """A Word document."""

    file_extension = ".docx"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    export_from_notebook = "Casebook: Word"

    def _made(self, book: Book, resources: Any) -> bytes:
        from kit.reporting.writers.docx.writer import word_bytes

        return word_bytes(book)


class Markdown(_CasebookExporter):
    """Markdown with its pictures beside it."""

    file_extension = ".md"
    output_mimetype = "text/markdown"
    export_from_notebook = "Casebook: Markdown"

    def _made(self, book: Book, resources: Any) -> str:
        from kit.reporting.writers.markdown import markdown_files

        made = markdown_files(book)
        text = made.pop(f"{book.chapters[0].name}.md").decode()
        resources.setdefault("outputs", {}).update(made)
        return text
