"""The gate's rules on captures: what was never kept, what is gone from the web, and what was altered since."""

from __future__ import annotations

from collections.abc import Iterator

from kit.errors import KitError
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, place, rule
from kit.evidence.passages.text_index import open_index
from kit.sources.capture import index
from kit.sources.capture.capture import CAPTURES, capture_in
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

    Files of which the page's hash, computed again, is not the ledger's.
    """
    for _, row in context.captures[context.captures["here"]].iterrows():
        where = f"{CAPTURES.as_posix()}/{row['warc']}"
        try:
            made = capture_in(context.case.path / CAPTURES / row["warc"])
        except KitError as error:
            yield Finding(where, row["source"], error.value, error.remedy)
            continue
        if made.sha256 != row["sha256"]:
            found = f"SHA-256 is {made.sha256[:12]}…, the ledger has {row['sha256'][:12]}… of {row['captured_at']:%Y-%m-%d}"
            yield Finding(where, row["source"], found)


@rule("capture-unlisted", "warning", "keep it again by its address, or take the file out of data/captures")
def capture_unlisted(context: CheckContext) -> Iterator[Finding]:
    """A capture that the ledger does not list is searched by nobody."""
    known = set(context.captures["warc"])
    for path in sorted((context.case.path / CAPTURES).glob("*.warc.gz")):
        if path.name not in known:
            yield Finding(f"{CAPTURES.as_posix()}/{path.name}", "", f"is not in {index.LEDGER.as_posix()}")


RULES = (capture_altered, capture_instead, capture_missing, capture_unlisted, link_gone)
