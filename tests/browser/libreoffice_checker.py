"""Checks a packet in LibreOffice as a person would, and saves it: run by the Python that LibreOffice brings.

It sets statuses in their lists, types names and days, writes comments, tracks a change of a sentence, strikes one out
and moves one, as told by a plan in JSON: file, save_as, filter, pipe, checker, marks, comments, reworded, struck, moved.
In a spreadsheet it types into cells, comments on some, deletes rows and copies one: typed, comments, deleted, copied.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.util import DateTime

NOON = DateTime(Year=2026, Month=11, Day=24, Hours=12)


def office(pipe: str) -> Any:
    """The desktop of the LibreOffice that listens there; it takes a while to come up."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.5)
    raise SystemExit("LibreOffice did not come up")


def option(name: str, value: Any) -> PropertyValue:
    """An option of loading or saving."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def paragraphs(document: Any) -> list[Any]:
    """All paragraphs of the text."""
    return [node for node in document.Text if node.supportsService("com.sun.star.text.Paragraph")]


def controls(paragraph: Any) -> list[Any]:
    """The content controls in a paragraph, in order: the status and the day."""
    return [p.ContentControl for p in paragraph if p.TextPortionType == "ContentControl"]


def put(control: Any, words: str) -> None:
    """Put words in a control in place of what stands in it."""
    shown = [portion for portion in control if portion.String]
    assert len(shown) == 1, [portion.String for portion in shown]
    shown[0].setString(words)


def fill(paragraph: Any, status: str, by: str, day: str) -> None:
    """Fill in a line: the status and the day in their controls, the name where the line asks for it."""
    first, last = controls(paragraph)[0], controls(paragraph)[-1]
    if status:
        choices = [{p.Name: p.Value for p in item}["DisplayText"] for item in first.ListItems]
        assert status in choices, (status, choices)
        put(first, status)
    if by:
        # Writer reads a plain text control of Word's as an input field, and saves it as a control again.
        field = next(p.TextField for p in paragraph if p.TextPortionType == "TextField")
        assert field.Content == "name", field.Content
        field.Content = by
        field.update()
    if day:
        last.setPropertyValue("ShowingPlaceHolder", False)
        put(last, day)


def check(document: Any, plan: dict[str, Any]) -> None:
    """Do all that the plan says."""
    sentences, lines, following = {}, {}, {}
    every = paragraphs(document)
    for paragraph, after in zip(every, [*every[1:], None], strict=True):
        identity = paragraph.String.partition(" ")[0]
        if paragraph.String.startswith("Whole packet"):
            lines["packet"] = paragraph
        elif identity.startswith("s-"):
            kind = lines if paragraph.ParaStyleName == "Mark" else sentences
            kind.setdefault(identity, paragraph)
            following[identity] = after
    for identity, filled in plan["marks"].items():
        fill(lines[identity], *filled)
    for identity, words in plan["comments"].items():
        comment = document.createInstance("com.sun.star.text.textfield.Annotation")
        comment.Author, comment.Content, comment.DateTimeValue = plan["checker"], words, NOON
        where = document.Text.createTextCursorByRange(sentences[identity].Start)
        where.goRight(len(identity) + 2, False)
        where.goRight(12, True)
        document.Text.insertTextContent(where, comment, True)
    document.RecordChanges = True
    for identity, (old, new) in plan["reworded"].items():
        cursor = document.Text.createTextCursorByRange(sentences[identity].Start)
        search = document.createSearchDescriptor()
        search.SearchString, search.SearchCaseSensitive = old, True
        found = document.findNext(cursor.Start, search)
        found.setString(new)
    for identity in plan["struck"]:
        # Writer 7.4 damages the file when a line with controls is struck out while changes are tracked.
        document.Text.createTextCursorByRange(sentences[identity]).setString("")
    document.RecordChanges = False
    for identity, after in plan["moved"].items():
        view = document.CurrentController
        cut = document.Text.createTextCursorByRange(sentences[identity].Start)
        cut.gotoRange(following[identity].Start, True)
        view.select(cut)
        moved = view.getTransferable()
        cut.setString("")
        goal = document.Text.createTextCursorByRange(sentences[after].Start)
        view.select(goal)
        view.insertTransferable(moved)


def check_sheet(document: Any, plan: dict[str, Any]) -> None:
    """Do all that the plan says in the first sheet; what is typed is taken as Calc takes it, a day as a date."""
    sheet = document.Sheets.getByIndex(0)
    for place, words in plan["typed"].items():
        sheet.getCellRangeByName(place).setFormula(words)
    for place, words in plan["comments"].items():
        sheet.Annotations.insertNew(sheet.getCellRangeByName(place).CellAddress, words)
    for source, target in plan["copied"].items():
        to, where = (
            sheet.getCellRangeByName(target).CellAddress,
            sheet.getCellRangeByName(source).RangeAddress,
        )
        sheet.copyRange(to, where)
    for row in sorted(plan["deleted"], reverse=True):
        sheet.Rows.removeByIndex(row - 1, 1)


def main(plan: dict[str, Any]) -> None:
    """Open, check, save."""
    desktop = office(plan["pipe"])
    document = desktop.loadComponentFromURL(
        Path(plan["file"]).as_uri(), "_blank", 0, (option("Hidden", True),)
    )
    sheet = document.supportsService("com.sun.star.sheet.SpreadsheetDocument")
    (check_sheet if sheet else check)(document, plan)
    document.storeToURL(Path(plan["save_as"]).as_uri(), (option("FilterName", plan["filter"]),))
    document.close(True)
    desktop.terminate()


main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
