"""What the desk answers JupyterLab, asked over a real server: who may ask, and about what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.jupyter import Lab, running_lab
from support.small_case import ROWS, write_rows


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Iterator[Lab]:
    home = tmp_path_factory.mktemp("server")
    folder = home / "work"
    write_rows(folder / "harbour", ROWS)
    (folder / "elsewhere").mkdir()
    with running_lab(home, folder, project) as lab:
        yield lab


def asked(
    server: Lab, name: str, body: dict[str, Any] | None = None, *, token: bool = True, **headers: str
) -> tuple[int, dict[str, Any]]:
    """The status and the answer to a question, which is posted where it has a body."""
    if token:
        headers["Authorization"] = f"token {server.token}"
    how = "GET" if body is None else "POST"
    answer = httpx.request(how, f"{server.origin}/casebook/{name}", json=body, headers=headers, timeout=60)
    return answer.status_code, answer.json()


def test_the_case_around_a_path_is_answered(server):
    status, answer = asked(server, "case?path=harbour/notebooks/01.ipynb")
    assert (status, answer["title"]) == (200, "The harbour raid")
    status, answer = asked(server, "entries?path=harbour&words=raid")
    assert status == 200
    assert "2021-03-01-raid-harbour" in {entry["id"] for entry in answer["entries"]}


def test_who_has_no_token_is_refused(server):
    assert asked(server, "case?path=harbour", token=False)[0] == 403
    assert asked(server, "cards", {"path": "harbour", "ids": []}, token=False)[0] == 403


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://127.0.0.1:1", "null"])
def test_a_page_of_another_origin_is_refused_though_it_knew_the_token(server, origin):
    status, answer = asked(server, "case?path=harbour", Origin=origin)
    assert status in (403, 404)
    assert "title" not in answer
    assert asked(server, "case?path=harbour", Origin=server.origin)[0] == 200


def test_a_form_that_the_server_did_not_give_out_is_refused(server):
    """Another site's form is sent with the cookie of whoever is logged in, but without what only our pages can read."""
    address, body = f"{server.origin}/casebook/cards", {"path": "harbour", "ids": []}
    with httpx.Client(timeout=60) as window:
        assert window.get(f"{server.origin}/lab?token={server.token}").is_success
        assert window.post(address, json=body).status_code == 403
        known = {"X-XSRFToken": window.cookies["_xsrf"]}
        assert window.post(address, json=body, headers=known).is_success


@pytest.mark.parametrize("path", ["", "elsewhere", "..", "../..", "harbour/../../etc", "/etc", "~", "%00"])
def test_what_lies_in_no_case_or_outside_of_what_is_served_is_told_so(server, path):
    status, answer = asked(server, f"case?path={path}")
    assert status in (400, 404)
    assert answer["message"]


@pytest.mark.parametrize("body", [{"ids": "a"}, {"ids": ["a"] * 501}, {"ids": [], "numbers": 3}])
def test_a_question_that_is_none_is_refused_with_a_reason(server, body):
    status, answer = asked(server, "cards", {"path": "harbour", **body})
    assert status == 400
    assert "at most 500" in answer["message"]


def test_the_extension_is_there_and_switched_on(server, project):
    built = project / "kit/desk/labextension"
    about = json.loads((built / "package.json").read_text())
    address = f"{server.origin}/lab/extensions/casebook/{about['jupyterlab']['_build']['load']}"
    answer = httpx.get(address, headers={"Authorization": f"token {server.token}"}, timeout=60)
    assert answer.content == (built / about["jupyterlab"]["_build"]["load"]).read_bytes()
