"""Findings as JUnit XML, which every CI server counts and shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import pandas as pd

from kit.evidence.checks.rule import SEVERITIES, Rule
from kit.text.printable import xml_text


def junit(found: pd.DataFrame, rules: Mapping[str, Rule], level: str = "error") -> bytes:
    """The JUnit file: a suite a rule, a case a finding, or one passed case where a rule found nothing.

    What is open at ``level`` or above fails; what is waived is skipped, with the waiver; what is less grave passes and
    is message as the case's output.

    >>> columns = ["rule", "severity", "place", "record", "found", "remedy", "waived"]
    >>> junit(pd.DataFrame(columns=columns), {}).splitlines()[1]
    b'<testsuites name="kit check" tests="0" failures="0" errors="0" skipped="0" />'
    """
    grave = SEVERITIES[: SEVERITIES.index(level) + 1]
    root = ElementTree.Element("testsuites", name="kit check")
    by_rule = dict(iter(found.groupby("rule")))
    for code in rules:
        suite = ElementTree.SubElement(root, "testsuite", name=code)
        rows = by_rule.get(code)
        if rows is None:
            ElementTree.SubElement(suite, "testcase", classname=code, name="nothing found", time="0")
        else:
            for row in rows.itertuples():
                _case(suite, row, grave)
        _count(suite)
    _count(root)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _case(suite: ElementTree.Element, row: Any, grave: tuple[str, ...]) -> None:
    name = xml_text(f"{row.place}: {row.found}")
    case = ElementTree.SubElement(suite, "testcase", classname=row.rule, name=name, time="0")
    message = name + (f"\n{xml_text(row.remedy)}" if row.remedy else "")
    if row.waived:
        ElementTree.SubElement(case, "skipped", message=xml_text(f"waived: {row.waived}"))
    elif row.severity in grave:
        ElementTree.SubElement(case, "failure", type=row.severity, message=xml_text(row.found)).text = message
    else:
        ElementTree.SubElement(case, "system-out").text = f"{row.severity}: {message}"


def _count(element: ElementTree.Element) -> None:
    counts = {
        "tests": len(element.findall(".//testcase")),
        "failures": len(element.findall(".//failure")),
        "errors": 0,
        "skipped": len(element.findall(".//skipped")),
    }
    for name, count in counts.items():
        element.set(name, str(count))
