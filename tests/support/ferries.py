"""A second case, on another subject and made as a reporter makes one: ferries and their inspections, all invented.

It has variables, columns and a table of facts of its own, numbers of a place and of a document, a claim that a person
makes, and nothing of what the investigation's own tables have.
"""

from __future__ import annotations

import csv
from pathlib import Path

import kit

DECLARED = """
[columns.events.crossing]
kind = "code"
words = ["north", "south"]
about = "The crossing on which it happened"

[columns.events.delay]
kind = "number"
required = true
about = "Minutes lost"

[columns.sources.page_count]
kind = "number"
about = "How many pages the document has"

[tables.inspections]
about = "One inspection of a ferry"
fact = true
[tables.inspections.columns.ferry]
kind = "ref"
refers = ["actors"]
required = true
about = "The ferry"
[tables.inspections.columns.inspected]
kind = "date"
required = true
about = "The day (EDTF)"
[tables.inspections.columns.result]
kind = "code"
words = ["passed", "failed"]
required = true
about = "What came of it"
[tables.inspections.columns.defects]
kind = "number"
about = "Defects noted"

[tables.crews]
about = "Who sailed on which ferry"
key = ["ferry", "person"]
[tables.crews.columns.ferry]
kind = "ref"
refers = ["actors"]
required = true
about = "The ferry"
[tables.crews.columns.person]
kind = "text"
required = true
about = "Who sailed"
"""
REPORT, LETTER = "coast-guard-2022-05-report", "island-letter-2022-06-02"
INSPECTED = "2022-05-03-gull-inspected"
#: What the reporter read, by source.
WORDS = {
    REPORT: "On 3 May 2022 inspectors found seven defects on the ferry Gull. The ferry failed the inspection. "
    "North Quay saw 412 crossings in April 2022.",
    LETTER: "The Gull sailed again on 9 May 2022, forty minutes late. Master Ines Roe said that nobody was warned.",
}
TABLES: dict[str, tuple[str, list[str]]] = {
    "sources": (
        "id,type,title,publisher,issued,updated,file,url,language,tier,read,page_count",
        [
            f"{REPORT},report,Inspection of ferries,Coast Guard,2022-05,,report.pdf,https://guard.example/report,en,primary,full,12",
            f"{LETTER},post-weblog,The Gull is back,Island Letter,2022-06-02,2022-06-04,,https://letter.example/gull,en,original-reporting,full,",
        ],
    ),
    "events": (
        "id,date,title,summary,tags,status,attributed_to,confidence,crossing,delay,places",
        [
            "2022-05-03-gull-held,2022-05-03,The Gull is held in port,The inspectors kept the ferry in port.,safety,confirmed,,high,north,not-applicable,north-quay",
            "2022-05-09-gull-sails,2022-05-09,The Gull sails again,It left late.,safety,reported,Island Letter,medium,north,40,",
        ],
    ),
    "evidence": (
        "record,field,source,stance,says,start,end",
        [
            f"2022-05-03-gull-held,,{REPORT},supports,,On 3 May 2022,the inspection",
            f"2022-05-09-gull-sails,,{LETTER},supports,,The Gull sailed again,minutes late",
            f"{INSPECTED},defects,{REPORT},supports,7,inspectors found seven,the ferry Gull",
            f"north-quay-2022-04-crossings,value,{REPORT},supports,412,North Quay saw,in April 2022",
            f"gull-2022,,{REPORT},supports,,On 3 May 2022,the inspection",
            f"letter-c1,,{REPORT},context,,The ferry failed,the inspection",
        ],
    ),
    "actors": ("id,kind,name", ["gull,other,Gull", "ines-roe,person,Ines Roe", "coast-guard,public-body,Coast Guard"]),
    "tags": ("id,facet,label,definition", ["safety,theme,Safety,It is about the safety of a ferry."]),
    "places": ("id,name,latitude,longitude", ["north-quay,North Quay,54.1,7.9"]),
    "codebook": (
        "variable,kind,value,definition",
        [
            "cause,one,,Why it was held", "cause,,defects,Defects were found.", "cause,,papers,Papers lacked.",
            "measures,many,,What was ordered", "measures,,repair,A repair.", "measures,,watch,A second watch.",
            "days_held,number,,Days in port", "released,date,,When it was let go (EDTF)",
            "inspector,actor,,Who inspected", "ferries,actors,,Which ferries", "remark,text,,A remark",
        ],
    ),
    "cases": (
        "id,title,began,confidence,cause,measures,days_held,released,inspector,ferries,remark",
        ["gull-2022,The Gull in port,2022-05-03,high,defects,repair; watch,6,2022-05-09,coast-guard,gull,Held first."],
    ),
    "metrics": (
        "id,metric,entity,value,unit,period,basis,qualifier,confidence",
        ["north-quay-2022-04-crossings,crossings,north-quay,412,crossings,2022-04,crossings counted at the quay,reported,high"],
    ),
    "claims": (
        "id,claim,made_by,speaker,about,verdict,why",
        [f"letter-c1,Nobody was warned.,{LETTER},ines-roe,gull; {REPORT},contradicted,The report says that the master signed it."],
    ),
    "inspections": (
        "id,title,ferry,inspected,result,defects,confidence",
        [f"{INSPECTED},The Gull fails an inspection,gull,2022-05-03,failed,7,high"],
    ),
    "crews": ("ferry,person", ["gull,Ines Roe"]),
}  # fmt: skip


def ferries(folder: Path) -> kit.Case:
    """The case in ``folder``: begun with `kit.new`, its example replaced, its sources kept."""
    kit.new(folder, title="The ferries of the north", contact="desk@paper.example")
    with (folder / "data/case.toml").open("a", encoding="utf-8") as file:
        file.write(DECLARED)
    for name, (header, rows) in TABLES.items():
        (folder / f"data/manual/{name}.csv").write_text(
            "\n".join([header, *sorted(rows), ""]), encoding="utf-8"
        )
    case = kit.open(folder)
    for source, words in WORDS.items():
        address = case.sources.at[source, "url"]
        case.keep(words, how="pasted", source=source, url=address)
    notebook(
        folder,
        f"# What did the inspection find?\n\nThe Gull failed its inspection [@{INSPECTED}]. The Island Letter reported "
        "that it sailed again [@2022-05-09-gull-sails]. Of the ferries, [1](#=held) was held [@gull-2022].",
        'import kit\n\ncase = kit.open()\nkit.record("held", len(case.cases), unit="ferries", base="all cases of the list")',
        'kit.charts.crosstab(\n    case["inspections"], rows="ferry", columns="result", names=case, headline="One ferry failed",\n'
        '    source="the inspections table", alt="One square: the Gull failed.",\n)',
    )
    return case


def notebook(folder: Path, prose: str, *code: str) -> None:
    """Nothing; the case has one notebook, of that prose and these cells."""
    import nbformat

    for path in (folder / "notebooks").glob("*.ipynb"):
        path.unlink()
    cells = [nbformat.v4.new_markdown_cell(prose, id="m0")]
    cells += [nbformat.v4.new_code_cell(text, id=f"c{number}") for number, text in enumerate(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks/00-ferries.ipynb")


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
