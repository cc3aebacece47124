"""The gate's rules on captures: what was never kept, what is gone from the web, and what was altered since."""

from __future__ import annotations

from collections.abc import Iterator

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, place, rule
from kit.evidence.passages.text_index import open_index
from kit.sources.capture import index
from kit.sources.capture.capture import CAPTURES
from kit.sources.extract.interstitial.detection import INTERSTITIALS

_GONE = ("404", "410")


@rule("capture-missing", "warning", "kit keep with the source's id, or kit keep --all")
def capture_missing(context: CheckContext) -> Iterator[Finding]:
    """A page that nobody kept can change or vanish, and our proof with it."""
    sources = context.case.table("sources")
    cited = sources["id"].isin(context.case.table("evidence")["source"])
    for row in sources[cited & ~sources["id"].isin(context.captures["source"])].itertuples():
        reach = "" if row.url else "paste what was read into kit keep -, or keep the file"
        yield Finding(
            place("sources", row.id), row.id, f"{row.publisher}, {row.issued}: nothing was kept of it", reach
        )


@rule("capture-instead", "warning", "keep the page itself")
def capture_instead(context: CheckContext) -> Iterator[Finding]:
    """A consent wall, a check for robots or an error page says nothing of the page that was asked for.

    Sources whose newest capture here shows such a page. A row of evidence that names the capture is a person's word that it is the page.
    """
    here = context.captures[context.captures["here"] & context.captures["status"].str.match(index.PAGE)]
    if here.empty:
        return
    with open_index(context.case) as texts:
        shown = texts.instead()
    meant = set(context.case.table("evidence")["capture"])
    newest = here.sort_values(["captured_at", "id"]).drop_duplicates("source", keep="last")
    for row in newest[newest["id"].isin(shown.keys() - meant)].itertuples():
        what, remedy = INTERSTITIALS[shown[row.id]]
        yield Finding(place("sources", row.source), row.source, f"{row.id} shows {what}", remedy)


@rule("link-gone", "warning", "give a public archive's copy in archived_url, or another address")
def link_gone(context: CheckContext) -> Iterator[Finding]:
    """A reader who follows the link finds nothing.

    Addresses whose newest capture says that the page is not there.
    """
    fetched = context.captures[context.captures["how"] == "fetched"].sort_values(["captured_at", "id"])
    newest = fetched.drop_duplicates("url", keep="last")
    for row in newest[newest["status"].isin(_GONE)].itertuples():
        held = fetched[(fetched["url"] == row.url) & fetched["status"].str.startswith("2")]
        since = (
            f"; we hold it as of {held['captured_at'].max():%Y-%m-%d}" if len(held) else "; we hold no copy"
        )
        found = f"{row.url} answered {row.status} on {row.captured_at:%Y-%m-%d}{since}"
        yield Finding(place("sources", row.source, "url"), row.source, found)


@rule("capture-altered", "error", "bring the file back from a backup of data/captures")
def capture_altered(context: CheckContext) -> Iterator[Finding]:
    """A capture proves something only as long as it is what arrived.

    Files of which the page's hash, computed again, is not the ledger's. It is computed for each file whose size or time
    of change is another than when it was last found sound; for all of them in a report, with --renew and with --captures.
    """
    for damage in context.damages:
        if not damage.gone:
            yield Finding(_file(damage.warc), damage.source, damage.wrong, damage.remedy)


@rule("capture-gone", "warning", "bring the file back from a backup of data/captures, or keep the page again")
def capture_gone(context: CheckContext) -> Iterator[Finding]:
    """What the ledger says of a file that is lost nobody can look up any more.

    Files of captures in the ledger that were on this machine, and are not now.
    """
    for damage in context.damages:
        if damage.gone:
            yield Finding(_file(damage.warc), damage.source, damage.wrong)


def _file(warc: str) -> str:
    return f"{CAPTURES.as_posix()}/{warc}"


@rule("capture-unlisted", "warning", "keep it again by its address, or take the file out of data/captures")
def capture_unlisted(context: CheckContext) -> Iterator[Finding]:
    """A capture that the ledger does not list is searched by nobody."""
    known = set(context.captures["warc"])
    for path in sorted((context.case.path / CAPTURES).glob("*.warc.gz")):
        if path.name not in known:
            yield Finding(_file(path.name), "", f"is not in {index.LEDGER.as_posix()}")


RULES = (capture_altered, capture_gone, capture_instead, capture_missing, capture_unlisted, link_gone)
