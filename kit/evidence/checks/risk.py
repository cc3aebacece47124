"""Why a fact should be looked at once more before it is printed: reasons that the tables and the gate give, no score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.evidence.checks.rule import first_few
from kit.evidence.passages.ledger import read_passages
from kit.evidence.passages.verdict import HOLDS
from kit.evidence.support.cited_facts import SUPPORTING_STANCES, subjects
from kit.sources.capture.index import read_index
from kit.tables.declarations import fact_tables
from kit.text.wording import plural

if TYPE_CHECKING:
    from kit.case import Case


FACT_STATES = ("checked", "unchecked", "none")


def fact_states(case: Case) -> pd.Series:
    """The state of each fact of the case, by its id: ``checked`` where a passage that supports it holds,
    ``unchecked`` where passages are named and none of them holds or was looked at, ``none`` where none is named.
    Of a claim of others that we do not find right as it stands a passage that disputes it does as well.

    A ledger that cannot be trusted raises `BadTable`.

    >>> import kit
    >>> set(fact_states(kit.example())) <= set(FACT_STATES)
    True
    """
    evidence = case.table("evidence")
    against = evidence["record"].isin(_found_wanting(case)) & evidence["stance"].eq("disputes")
    named = evidence[(evidence["stance"].eq("supports") | against) & evidence["start"].ne("")]
    ledger = read_passages(case.path)
    holding = named["id"].isin(ledger.loc[ledger["verdict"].isin(HOLDS), "evidence"])
    facts = pd.Index(list(case.facts), name="fact", dtype=object)
    state = pd.Series("none", index=facts, name="state")
    state[facts.isin(named["record"])] = "unchecked"
    state[facts.isin(named.loc[holding, "record"])] = "checked"
    return state


def _found_wanting(case: Case) -> set[str]:
    """The claims of others that we do not find right as they stand: what speaks against them bears us out."""
    claims = case.table("claims")
    return set(claims.loc[~claims["verdict"].isin(("supported", "unverifiable")), "id"])


def state_counts(case: Case) -> dict[str, int]:
    """How many facts of the case are in each of `FACT_STATES`; together they are all its facts.

    >>> import kit
    >>> case = kit.example()
    >>> sum(state_counts(case).values()) == len(case.facts)
    True
    """
    counts = fact_states(case).value_counts()
    return {state: int(counts.get(state, 0)) for state in FACT_STATES}


#: Each reason in words that go on "This fact: ...", from the one that weighs most with whoever answers for the text.
REASONS = {
    "does-not-hold": "a passage or a quotation does not hold",
    "not-carried": "a passage that is cited for it does not carry it, or only a part",
    "stronger": "our text says it as more certain than it is",
    "unsourced": "no source carries it",
    "unheard": "a party that it accuses has not been heard",
    "contested": "it is alleged, disputed or denied",
    "opposed": "a source says otherwise than we do",
    "unread": "we read none of its sources",
    "aggregators": "aggregators alone carry it",
    "one-origin": "it is about a named party and goes back to one origin",
    "no-origin": "it is about a named party and nobody knows its origin",
    "low": "our own confidence in it is low",
    "misfit": "its date or its value does not fit a source",
    "verb": "a verb of ours may say more than the source's",
    "not-kept": "nothing was kept of any source that carries it",
    "unchecked": "no passage that supports it was found in a capture",
    "quotation": "a quotation in it was not verified",
    "beside": "a passage of it is hidden, is not the article's, or is cut short by its ends",
    "interested": "it rests on what its own subjects published",
}
#: What the gate's rules give as reasons, by the rules' codes.
RULE_REASONS = {
    code: reason
    for reason, codes in {
        "does-not-hold": "passage-altered passage-spliced passage-wrong-source passage-changed passage-not-found "
        "passage-ambiguous quotation-altered quotation-not-found",
        "beside": "passage-unseen passage-foreign passage-cut",
        "not-carried": "passage-without-fact passage-without-uncited-fact passage-with-part",
        "stronger": "alleged-as-fact reported-as-fact attributed-to-nobody speaker-not-theirs denial-left-out claim-as-fact plan-as-done",
        "verb": "verb-stronger accusation-unsupported",
        "unsourced": "fact-without-evidence claim-without-evidence",
        "unheard": "reply-missing reply-overdue",
        "unread": "fact-unread",
        "aggregators": "fact-aggregators-only",
        "one-origin": "fact-one-origin",
        "no-origin": "fact-no-origin",
        "misfit": "number-outside-sources number-outside-a-source number-contradicts-fact date-outside-sources "
        "date-outside-a-source date-not-the-facts month-not-the-facts weekday-wrong time-apart order-turned "
        "day-moved-by-zone event-only-announced event-after-page",
        "quotation": "quotation-not-captured",
        "interested": "fact-interested",
    }.items()
    for code in codes.split()
}
CONTESTED = ("alleged", "disputed", "denied")
#: Kinds of actors that can be wronged by name.
_NAMED = ("company", "person", "product", "publication")
_OF_A_PARTY = ("one-origin", "no-origin")
_ORDER = list(REASONS)


def risks(case: Case, findings: pd.DataFrame) -> pd.DataFrame:
    """Each reason for care with a fact of the case, a row each: ``record``, ``reason``, ``found`` (blank where the
    reason says it all).

    ``findings`` are the gate's (`kit.evidence.checks.gate.check`); one that was set aside says so and by whom. ``reason`` is a
    key of `REASONS`. The fact with the gravest reason comes first, and of two such the one with the graver other
    reasons or more of them; within a fact the gravest reason. A fact without a reason has no row. A ledger that
    cannot be trusted raises `BadTable`.

    >>> import kit
    >>> risks(kit.example(), pd.DataFrame(columns=["rule", "record", "found", "waived"])).columns.tolist()
    ['record', 'reason', 'found']
    """
    facts = case.facts
    found = [*_from_gate(case, findings), *_from_tables(case), *_from_ledgers(case)]
    rows = {row for row in found if row[0] in facts}
    reasons: dict[str, set[int]] = {}
    for record, reason, _ in rows:
        reasons.setdefault(record, set()).add(_ORDER.index(reason))
    # A fact that has no more reasons comes after one that has.
    rank = {record: (*sorted(of), len(_ORDER)) for record, of in reasons.items()}
    ordered = sorted(rows, key=lambda row: (rank[row[0]], row[0], _ORDER.index(row[1]), row[2]))
    return pd.DataFrame(ordered, columns=["record", "reason", "found"], dtype="str")


def confidence(case: Case) -> pd.Series:
    """What the tables have as our confidence in each fact, by its id; blank for a claim of others.

    >>> import kit
    >>> confidence(kit.example())["example-2021-03-01-raid-harbour"]
    'medium'
    """
    tables = fact_tables(case.schema)
    frames = [case.table(name).reindex(columns=["id", "confidence"], fill_value="") for name in tables]
    return pd.concat(frames).set_index("id")["confidence"]


def _from_gate(case: Case, findings: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    actors = case.table("actors").set_index("id")
    parties: dict[str, list[str]] = {}
    for record, actor in subjects(case):
        if actors.at[actor, "kind"] in _NAMED:
            parties.setdefault(record, []).append(str(actors.at[actor, "name"]))
    for row in findings[findings["rule"].isin(list(RULE_REASONS))].itertuples():
        reason = RULE_REASONS[row.rule]
        aside = f" (set aside: {row.waived})" if row.waived else ""
        if reason not in _OF_A_PARTY:
            yield row.record, reason, row.found + aside
        elif row.record in parties:
            names = ", ".join(sorted(set(parties[row.record])))
            yield row.record, reason, f"about {names}; {row.found}{aside}"


def _from_tables(case: Case) -> Iterator[tuple[str, str, str]]:
    for event in case.table("events")[case.table("events")["status"].isin(CONTESTED)].itertuples():
        yield event.id, "contested", f"{event.status}, according to {event.attributed_to}"
    evidence, claims = case.table("evidence"), case.table("claims")
    contradicted = set(claims.loc[claims["verdict"].eq("contradicted"), "id"])
    against = evidence["stance"].eq("disputes") & ~evidence["record"].isin(_found_wanting(case))
    against |= evidence["stance"].eq("supports") & evidence["record"].isin(contradicted)
    for row in evidence[against].itertuples():
        about = f", of {row.field.replace('_', ' ')}" if row.field else ""
        yield row.record, "opposed", row.source + about + (f": {row.says}" if row.says else "")
    trust = confidence(case)
    for id in trust.index[trust.eq("low")]:
        yield str(id), "low", ""


def _from_ledgers(case: Case) -> Iterator[tuple[str, str, str]]:
    """Facts that nobody followed to the words of a source, by what stands in the way."""
    evidence = case.table("evidence")
    supporting = evidence[evidence["stance"].isin(SUPPORTING_STANCES)]
    kept = set(read_index(case.path)["source"])
    sources = {str(record): sorted(set(ids)) for record, ids in supporting.groupby("record")["source"]}
    named = supporting[supporting["start"].ne("")].groupby("record").size()
    state = fact_states(case)
    for record in state.index[state.ne("checked")]:
        count = int(named.get(record, 0))
        passages = f"{plural(count, 'passage is', 'passages are') if count else 'no passages are'} named"
        its_sources: list[Any] = sources.get(record, [])
        if its_sources and not kept & set(its_sources):
            yield record, "not-kept", f"{first_few(its_sources)}; {passages}"
        elif its_sources:
            yield record, "unchecked", passages
