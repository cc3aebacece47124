"""The verbs of the kit, and where the function behind each is; it is loaded when it is first used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

#: What can be done to a case: ``case.keep(...)`` is ``kit.keep(case, ...)``, and in the shell ``kit keep ...``.
VERBS = {
    "keep": "kit.sources.keep.keep",
    "keep_all": "kit.sources.bulk.keep_all",
    "keep_again": "kit.evidence.passages.review.keep_again",
    "archive": "kit.sources.keep.archive",
    "pack": "kit.sources.capture.wacz.pack",
    "cite": "kit.evidence.citation.cite",
    "search": "kit.evidence.search.search.search",
    "import_sources": "kit.sources.lists.bring_in",
    "export_sources": "kit.sources.bibliography.exchange.export_sources",
    "tidy": "kit.tables.write.tidy",
    "install_merge_driver": "kit.tables.merging.driver.install_merge_driver",
    "sheet": "kit.tables.workbook.write.sheet",
    "import_sheet": "kit.tables.workbook.read.import_sheet",
    "docs": "kit.tables.datapackage.write_docs",
    "upgrade": "kit.tables.upgrade.upgrade",
    "rename": "kit.sources.renaming.rename",
    "merge": "kit.sources.renaming.merge",
    "check": "kit.evidence.checks.gate.check",
    "status": "kit.evidence.status.status",
    "lineage": "kit.evidence.provenance.detection.propose_lineage",
    "unheard": "kit.evidence.replies.unheard_parties",
    "request_letter": "kit.evidence.replies.request_letter",
    "draft_letter": "kit.factcheck.export.draft_letter",
    "explore": "kit.desk.explorer.explore",
    "view": "kit.desk.views.view",
    "inbox": "kit.desk.inbox.inbox",
    "accept": "kit.desk.inbox.accept",
    "drop": "kit.desk.inbox.drop",
    "inbox_schema": "kit.desk.proposal.inbox_schema",
    "export": "kit.reporting.interchange.export.export",
    "run": "kit.reporting.execution.run.run",
    "report": "kit.reporting.build.report",
    "verify": "kit.reporting.build.verify",
    "import_packet": "kit.factcheck.merge.import_packet",
}


def function(place: str) -> Callable[..., Any]:
    """The function of that dotted name.

    >>> function("kit.text.wording.plural")(2, "page")
    '2 pages'
    """
    module, _, name = place.rpartition(".")
    return getattr(import_module(module), name)
