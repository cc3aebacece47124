"""What lies beside a report can be deposited: the manifest is true, the crate keeps its rules, a rebuild agrees."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest
from click.testing import CliRunner
from support.books import pdf_text, word_text
from support.notebook_files import CODE, PROSE, tree, write_notebook

import kit
from kit.cli.main import main
from kit.clock import given_time
from kit.errors import KitError
from kit.reporting.build import Differs, verify
from kit.sources.capture.index import read_index


@pytest.fixture
def case(case_folder):
    write_notebook(case_folder, "00-raid", ("md", PROSE), ("code", CODE), ("code", "case.tags"))
    (case_folder / "data/manual/withheld.csv").write_text("term,why\nWilhelmina Thorne,asked\n")
    return kit.open(case_folder)


def test_the_manifest_names_inputs_and_outputs_with_their_hashes_and_nothing_private(case):
    kit.report(case, to="html")
    folder = case.path / "reports/public"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["edition"] == "public"
    assert manifest["formats"] == ["html"]
    files = tree(folder)
    assert manifest["outputs"] == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != "manifest.json"
    }
    assert {"data/manual/events.csv", "notebooks/00-raid.ipynb"} <= manifest["inputs"].keys()
    assert manifest["inputs"].keys() <= {"notebooks/00-raid.ipynb", *files}
    for name, hashed in manifest["inputs"].items():
        assert hashlib.sha256((case.path / name).read_bytes()).hexdigest() == hashed
    assert "data/manual/withheld.csv" not in {*manifest["inputs"], *files}
    assert {"python", "casebook-kit", "pandas", "altair"} <= manifest["software"].keys()
    assert str(case.path) not in json.dumps(manifest)


def test_the_crate_keeps_the_rules_of_ro_crate(case):
    kit.report(case, to="html")
    folder = case.path / "reports/public"
    crate = json.loads((folder / "ro-crate-metadata.json").read_text())
    assert crate["@context"] == "https://w3id.org/ro/crate/1.1/context"
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    descriptor = entities["ro-crate-metadata.json"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = entities[descriptor["about"]["@id"]]
    assert root["@id"] == "./"
    assert root["@type"] == "Dataset"
    assert root["datePublished"] == json.loads((folder / "manifest.json").read_text())["built_for"]
    assert all(root[name] for name in ("name", "description", "license"))

    def references(node):
        if isinstance(node, dict):
            yield from [node["@id"]] if set(node) == {"@id"} else []
            for value in node.values():
                yield from references(value)
        elif isinstance(node, list):
            for item in node:
                yield from references(item)

    inside = {name for name in references(crate["@graph"]) if not name.startswith("https://w3id.org/")}
    assert inside <= entities.keys()
    parts = {part["@id"] for part in root["hasPart"]}
    assert parts == {name for name in tree(folder) if name != "ro-crate-metadata.json"}
    for name in parts:
        assert entities[name]["@type"] == "File"
        assert entities[name].get("contentSize", str((folder / name).stat().st_size)) == str(
            (folder / name).stat().st_size
        )


def test_the_data_package_describes_the_tables_that_are_there(case):
    kit.report(case, to="html")
    data = case.path / "reports/public/data"
    package = json.loads((data / "datapackage.json").read_text())
    named = {resource["path"] for resource in package["resources"]}
    assert named == {path.relative_to(data).as_posix() for path in data.rglob("*.csv")}
    for resource in package["resources"]:
        first = (data / resource["path"]).read_text().splitlines()[0]
        assert first.split(",") == [field["name"] for field in resource["schema"]["fields"]]
        assert {"note", "publish", "confidence"}.isdisjoint(first.split(","))


def test_a_report_is_verified_against_a_fresh_build_and_what_differs_is_named(case):
    kit.report(case, to="html")
    assert "00-raid.html" in verify(case, "public")
    page = case.path / "reports/public/00-raid.html"
    page.write_bytes(page.read_bytes().replace(b"boxes went", b"crates went"))
    (case.path / "reports/public/more.txt").write_text("a")
    tags = case.path / "data/manual/tags.csv"
    tags.write_bytes(tags.read_bytes().replace(b"Premises were searched.", b"A place was searched."))
    with pytest.raises(Differs) as error:
        verify(kit.open(case.path), "public")
    told = str(error.value)
    assert "00-raid.html: differs from byte" in told
    assert "more.txt: is in the report and in no build of it; remove it" in told
    assert "data/manual/tags.csv: is not as it was when the report was built" in told
    assert page.read_bytes().count(b"crates went") == 1


def test_there_must_be_a_report_to_verify(case):
    with pytest.raises(
        KitError, match=r"reports/legal/manifest.json: is not there, or is none; build it: kit report"
    ):
        verify(case, "legal")


def test_every_format_states_the_day_it_was_built_for_and_the_last_on_which_a_page_was_kept(
    case, monkeypatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1614853800")  # 4 March 2021, half past ten in the morning
    kit.keep(case, "Nobody was told of it.", how="pasted", source="coast-digest-2021-03-03-raid")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    kit.report(case)
    folder = case.path / "reports/public"
    root = json.loads((folder / "ro-crate-metadata.json").read_text())["@graph"][1]
    assert root["datePublished"] == "2023-11-14"
    kept = read_index(case.path)["captured_at"].max()
    assert f"Pages were collected until {kept:%Y-%m-%d}." in root["description"]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert [manifest["built_for"], manifest["collected_until"]] == ["2023-11-14", f"{kept:%Y-%m-%d}"]
    told = f"Built for 14 November 2023; pages collected until {kept.day} {kept:%B %Y}"
    assert told in (folder / "index.html").read_text()
    assert told in " ".join(pdf_text((folder / "report.pdf").read_bytes()).split())
    assert told in word_text((folder / "report.docx").read_bytes())
    front = (folder / "markdown/00-raid.md").read_text()
    assert f'built_for: "2023-11-14"\ncollected_until: "{kept:%Y-%m-%d}"' in front


def test_a_report_is_verified_for_the_day_that_it_was_built_for(case, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    kit.report(case, to="html,md")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert "index.html" in verify(case)
    assert given_time() is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    with pytest.raises(Differs):
        verify(case)


def test_the_shell_verifies_and_takes_no_format_then(case):
    shell = CliRunner()
    folder = ["--case", str(case.path)]
    assert shell.invoke(main, [*folder, "report", "--to", "html"]).exit_code == 0
    done = shell.invoke(main, [*folder, "report", "--verify"])
    assert done.exit_code == 0
    assert "files, all as a fresh build gives them" in done.output
    assert shell.invoke(main, [*folder, "report", "--verify", "--to", "md"]).exit_code == 2
    shutil.rmtree(case.path / "reports")
    assert shell.invoke(main, [*folder, "report", "--verify"]).exit_code == 1
