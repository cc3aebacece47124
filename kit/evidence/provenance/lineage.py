"""The plain sentence that says how many pages tell a story and how many tell it first-hand."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import pandas as pd

from kit.errors import KitError, Problem, Problems
from kit.tables.load import by_id, with_id
from kit.text.language import ENGLISH

if TYPE_CHECKING:
    from kit.case import Case


#: Tiers that stand at an event: what they say need not have come from another page.
FIRST_HAND = ("primary", "original-reporting")
#: What a page is in the spreading of a story; each page is exactly one of these.
STANDINGS = {
    "original": "first-hand, and repeats nobody we know of",
    "adds": "repeats others and adds something first-hand of its own",
    "repeats": "repeats others",
    "unknown": "second-hand, and nobody has established where it has it from",
}


class BadLineage(Problems):
    """Sources whose ``derived_from`` cannot be followed to an end."""


class UnknownFact(KitError):
    """An id that no table of facts holds."""


def lineage_edges(sources: pd.DataFrame) -> pd.DataFrame:
    """One row a repetition: ``source`` repeats ``parent``.

    >>> lineage_edges(pd.DataFrame({"id": ["post", "digest"], "derived_from": [(), ("post",)]})).values.tolist()
    [['digest', 'post']]
    """
    pairs = with_id(sources)[["id", "derived_from"]].explode("derived_from").dropna()
    return pairs.rename(columns={"id": "source", "derived_from": "parent"}).reset_index(drop=True)


def lineage(sources: pd.DataFrame) -> pd.DataFrame:
    """Each source, in the order given, with where it has its story from.

    Columns: ``id``, ``publisher``, ``tier``, ``read``; ``parents``, the sources it repeats; ``depth``, the
    longest way to a source that repeats none (0 for such a source); ``roots``, where those ways end;
    ``fact_origins``, the roots that are first-hand (none: nobody knows the origin); ``standing``, of `STANDINGS`.

    Give the whole table and filter what comes back: a parent that is not there, like a circle of sources
    repeating one another, raises `BadLineage`, since a way that breaks off would look like an origin.

    >>> sources = pd.DataFrame({
    ...     "id": ["post", "digest", "echo", "blog"], "publisher": ["Post", "Digest", "Echo", "Blog"],
    ...     "tier": ["original-reporting", "aggregator", "original-reporting", "secondary"],
    ...     "read": ["full", "excerpt", "excerpt", "no"], "derived_from": [(), ("post",), ("digest",), ()],
    ... })
    >>> for row in lineage(sources)[["id", "depth", "origins", "standing"]].values.tolist():
    ...     print(*row)
    post 0 ('post',) original
    digest 1 ('post',) repeats
    echo 2 ('post',) adds
    blog 0 () unknown
    """
    sources = with_id(sources)
    parents: dict[str, tuple[str, ...]] = dict(zip(sources["id"], sources["derived_from"], strict=True))
    first_hand = dict(zip(sources["id"], sources["tier"].isin(FIRST_HAND), strict=True))
    depth: dict[str, int] = {}
    roots: dict[str, tuple[str, ...]] = {}
    for source in _from_roots(parents):
        above = parents[source]
        depth[source] = 1 + max((depth[parent] for parent in above), default=-1)
        roots[source] = tuple(sorted({root for parent in above for root in roots[parent]})) or (source,)
    found = sources[["id", "publisher", "tier", "read"]].reset_index(drop=True)
    found["parents"] = [parents[source] for source in found["id"]]
    found["depth"] = [depth[source] for source in found["id"]]
    found["roots"] = [roots[source] for source in found["id"]]
    found["origins"] = [tuple(root for root in roots[source] if first_hand[root]) for source in found["id"]]
    found["standing"] = [_standing(bool(parents[source]), first_hand[source]) for source in found["id"]]
    return found


def _from_roots(parents: dict[str, tuple[str, ...]]) -> Iterable[str]:
    """The sources in an order in which each comes after those it repeats."""
    lost = [
        Problem(
            source,
            f"repeats {parent!r}, which is not among the sources given",
            "give the whole table, then filter",
        )
        for source, above in parents.items()
        for parent in above
        if parent not in parents
    ]
    if lost:
        raise BadLineage({"lineage": lost})
    try:
        return list(TopologicalSorter(parents).static_order())
    except CycleError as error:
        circle = " repeats ".join(reversed(error.args[1]))
        problem = Problem(
            error.args[1][0], f"stands in a circle: {circle}", "take out the repetition that is not one"
        )
        raise BadLineage({"lineage": [problem]}) from None


def _standing(repeats: bool, first_hand: bool) -> str:
    if repeats:
        return "adds" if first_hand else "repeats"
    return "original" if first_hand else "unknown"


def supporting_pages(case: Case, fact: str) -> pd.DataFrame:
    """The sources that support ``fact`` (the id of an event, case, metric or claim), as rows of `lineage`.

    An id that is no fact's raises `UnknownFact` and names the nearest. A fact nobody supports gives no rows.
    """
    known = case.facts
    if fact not in known:
        near = get_close_matches(fact, sorted(known), 1)
        raise UnknownFact(
            f"{fact!r}", "is no fact", f"did you mean {near[0]!r}?" if near else "give an id of a fact"
        )
    evidence = case.table("evidence")
    supporting = evidence.loc[(evidence["record"] == fact) & (evidence["stance"] == "supports"), "source"]
    found = lineage(case.table("sources"))
    return found[found["id"].isin(supporting)].reset_index(drop=True)


def fact_origins(case: Case, fact: str) -> pd.DataFrame:
    """The sources at which the support for ``fact`` ends, those that carry most of its pages first.

    Columns: ``origin``, ``publisher``, ``tier``, ``read``, ``standing``; ``through``, the ids of the fact's
    pages that go back to it, and ``supporting_pages``, how many. The rows that stand as ``original`` are the independent
    origins; a page that ``adds`` is listed beside the source it repeats, not instead; ``unknown`` says that
    nobody established where those pages have it from: they are neither counted as origins nor left out.
    An id that is no fact's raises `UnknownFact`.
    """
    return _ends(supporting_pages(case, fact), lineage(case.table("sources")).set_index("id"))


def _ends(of: pd.DataFrame, by_id: pd.DataFrame) -> pd.DataFrame:
    through: dict[str, list[str]] = {}
    for page, roots, standing in zip(of["id"], of["roots"], of["standing"], strict=True):
        for end in (*roots, page) if standing == "adds" else roots:
            through.setdefault(end, []).append(page)
    found = (
        by_id.loc[list(through), ["publisher", "tier", "read", "standing"]]
        .rename_axis("origin")
        .reset_index()
    )
    found["through"] = [tuple(ids) for ids in through.values()]
    found["pages"] = found["through"].map(len).astype(int)
    return found.sort_values(["pages", "origin"], ascending=[False, True], ignore_index=True)


def independence(case: Case) -> pd.DataFrame:
    """Each fact, in the order of the tables, with how many independent origins its support has.

    Columns: ``record``; ``supporting_pages``, the sources that support it; ``fact_origins``, their first-hand roots;
    ``publishers``, how many publishers those are; ``adding``, pages with something of their own; ``unknown``,
    pages whose origin is not known; ``unread``, pages not read at all; ``relayed``, pages known only through
    others. A fact without support has zeros.
    """
    facts = pd.Series(list(case.facts), name="record", dtype=object)
    evidence = case.table("evidence").query("stance == 'supports'")[["record", "source"]].drop_duplicates()
    by_id = lineage(case.table("sources")).set_index("id")
    supporting = evidence.join(by_id, on="source")
    grouped = supporting.groupby("record")
    publisher = by_id["publisher"]
    roots = pd.Series(
        {
            fact: tuple(sorted({root for each in group for root in each}))
            for fact, group in grouped["origins"]
        },
        dtype=object,
    )
    counts = pd.DataFrame(
        {
            "pages": grouped.size(),
            "origins": roots,
            "publishers": roots.map(lambda ids: publisher[list(ids)].nunique()),
            "adding": (supporting["standing"] == "adds").groupby(supporting["record"]).sum(),
            "unknown": (supporting["origins"].map(len) == 0).groupby(supporting["record"]).sum(),
            "unread": (supporting["read"] == "no").groupby(supporting["record"]).sum(),
            "relayed": (supporting["read"] == "relay").groupby(supporting["record"]).sum(),
        }
    ).reindex(facts)
    counts["origins"] = [ids if isinstance(ids, tuple) else () for ids in counts["origins"]]
    numbers = [name for name in counts.columns if name != "origins"]
    counts[numbers] = counts[numbers].fillna(0).astype(int)
    return counts.reset_index()


#: Larger numbers are printed in digits.
_LARGEST_WORD = 10


def lineage_sentence(rows: pd.DataFrame, sources: pd.DataFrame) -> str:
    """How a story spread, in plain words, from ``rows`` of `lineage` and the whole table of ``sources``.

    Pages whose origin is not known are counted apart, and so are pages we did not read: a page that nobody
    traced is no proof of a second origin, and no proof that there is none.

    >>> from kit.evidence.provenance.lineage import lineage
    >>> sources = pd.DataFrame({
    ...     "id": ["post", "digest", "echo", "blog"], "publisher": ["Post", "Digest", "Echo", "Blog"],
    ...     "tier": ["original-reporting", "aggregator", "original-reporting", "secondary"],
    ...     "read": ["full", "excerpt", "excerpt", "no"], "derived_from": [(), ("post",), ("digest",), ()],
    ... })
    >>> print(lineage_sentence(lineage(sources).iloc[:3], sources))
    Three pages, one original report; one adds a statement of its own.
    >>> print(lineage_sentence(lineage(sources).iloc[3:], sources))
    One page, no original found; where one has it from is not known. One was not read.
    """
    if rows.empty:
        return "No page."
    known = by_id(sources)
    ends = known.loc[sorted({origin for each in rows["origins"] for origin in each})]
    parts = [f"{_count(len(rows), 'page')}, {_originals(ends)}"]
    if adding := int((rows["standing"] == "adds").sum()):
        verb = "adds a statement of its own" if adding == 1 else "add a statement of their own"
        parts.append(f"{_number(adding)} {verb}")
    if untraced := int((rows["origins"].map(len) == 0).sum()):
        verb = "has" if untraced == 1 else "have"
        parts.append(f"where {_number(untraced)} {verb} it from is not known")
    return (
        _capital("; ".join(parts))
        + "."
        + _reading(rows[~rows["id"].isin(ends.index)], bool(rows["id"].isin(ends.index).any()))
    )


def _originals(ends: pd.DataFrame) -> str:
    if ends.empty:
        return "no original found"
    kind = "original report" if (ends["tier"] == "original-reporting").all() else "original source"
    text = _count(len(ends), kind)
    publishers = ends["publisher"].nunique()
    if publishers < len(ends):
        text += " from one publisher" if publishers == 1 else f" from {_number(publishers)} publishers"
    unseen = int((~ends["read"].isin(["full", "excerpt"])).sum())
    if unseen and len(ends) == 1:
        relayed = ends["read"].item() == "relay"
        return text + (", itself known only through pages that repeat it" if relayed else ", itself not read")
    if unseen:
        how = "none of them seen" if unseen == len(ends) else f"{_number(unseen)} of them not seen"
        return f"{text}, {how} by us"
    return text


def _reading(rest: pd.DataFrame, others: bool) -> str:
    relayed, unread = int((rest["read"] == "relay").sum()), int((rest["read"] == "no").sum())
    counted = [(relayed, "known only through other pages"), (unread, "not read")]
    was = [f"{_number(n)} {'was' if n == 1 else 'were'} {how}" for n, how in counted if n]
    if not was:
        return ""
    return f" {_capital(('of the rest, ' if others else '') + '; '.join(was))}."


def _number(n: int) -> str:
    return (ENGLISH.spelled[n] if n else "no") if n <= _LARGEST_WORD else str(n)


def _count(n: int, noun: str) -> str:
    return f"{_number(n)} {noun}{'' if n == 1 else 's'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
