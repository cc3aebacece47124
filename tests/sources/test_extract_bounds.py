"""Hostile pages are read or refused in bounded time and memory, and say which."""

from __future__ import annotations

import multiprocessing
import re
import resource
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from kit.errors import KitError
from kit.sources.extract.article import extract_html

HOSTILE = {
    "ten megabytes of nested tags": ("<div>" * 2_000_000, "tags are more than"),
    "a tower of tags": ("<div>" * 100_000 + "deep", "levels deep"),
    "half-open tags": ("<p>a<b>" * 70_000, "elements"),
    "nothing but one word": ("<p>" + "x" * 11_000_000, "characters"),
    "NUL bytes": ("<h1>Ti\0tle</h1><p>" + "a\0b " * 100_000, ""),
    "an entity bomb": (
        '<!DOCTYPE html [<!ENTITY a "' + "x" * 1000 + '">'
        + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "&a;" * 10}">' for i in range(9))
        + "]><p>&a8;</p>",
        "",
    ),
    "nested JSON": ('<script type="application/ld+json">' + "[" * 500_000 + "</script><h1>Title of it</h1>", ""),
    "a hundred thousand articles": (
        '<script type="application/ld+json">['
        + ",".join('{"@type":"NewsArticle","headline":"h"}' for _ in range(100_000))
        + "]</script>",
        "",
    ),
    "a title of separators": ("<title>" + " - " * 500_000 + "</title><h1>" + "- " * 200_000 + "</h1>", ""),
    "a class name of two megabytes": ('<div class="' + "a-" * 1_000_000 + '">x</div>', ""),
    "a hundred thousand authors": ('<meta name="author" content="Jane Roe, John Doe">' * 100_000, "elements"),
    "a list of links to nowhere": ("<ul>" + "<li><a href='http://[::1'>x</a>" * 30_000, ""),
}  # fmt: skip


def _child(pipe: Connection, html: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    try:
        page = extract_html(html, "https://bad.example/a")
        said = " ".join(warning.says for warning in page.warnings)
    except KitError as error:
        said = str(error)
    # getrusage would count what the process that started this one had held.
    peak = re.findall(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())[0]
    pipe.send((said, int(peak) // 1024))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_little_and_is_told_of(name: str) -> None:
    html, expected = HOSTILE[name]
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_child, args=(theirs, html))
    child.start()
    theirs.close()
    try:
        said, megabytes = ours.recv()
    finally:
        child.join()
    assert expected in said
    assert megabytes < 500
