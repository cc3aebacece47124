"""The addresses under ``/casebook/``: who may ask, what is asked, and errors as answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from tornado.web import HTTPError, authenticated

from kit.desk.rows import Conflict
from kit.desk.server import cards, catalogue, editing, findings, keeping, overview, reader
from kit.desk.server.served_case import ServedCase, ServedCases
from kit.errors import KitError, NoCase

Asked = Mapping[str, Any]
Answer = Callable[[ServedCase, Asked], Any]

#: What can be read, and what can be asked with a body, by the last part of the address.
READ: dict[str, Answer] = {
    "case": overview.case_state,
    "entries": catalogue.offered,
    "numbers": catalogue.numbers,
    "findings": findings.grouped_findings,
    "search": overview.found_words,
    "row": editing.row_form,
    "keep/state": keeping.keep_state,
    "capture": reader.capture_read,
}
POSTED: dict[str, Answer] = {
    "cards": cards.cards,
    "check": findings.ask_gate,
    "judge": editing.row_judged,
    "save": editing.rows_saved,
    "undo": editing.save_undone,
    "keep": keeping.keep_asked,
    "passage": reader.passage_picked,
}

#: One thread reads the tables, so that the server itself keeps answering, and no two read a case at a time.
_DESK = ThreadPoolExecutor(max_workers=1, thread_name_prefix="casebook")


class DeskHandler(APIHandler):
    """Answers one address as JSON; the server has checked token, origin and XSRF cookie before.

    What the kit cannot do is answered with status 400 (404 where there is no case, 409 where somebody changed
    the same cells) and ``message``.
    """

    def initialize(self, cases: ServedCases, answer: Answer) -> None:
        """Nothing; the handler knows the ``cases``, and what gives its ``answer``."""
        self.cases, self.answer = cases, answer

    def skip_check_origin(self) -> bool:
        """No: the page that asks must be the server's own, or one that it allows, though it knows the token."""
        return False

    async def asked(self, given: Asked) -> None:
        """Nothing; what is ``given`` is answered, and ``path`` in it says which case is meant."""
        path = given.get("path", "")
        if not isinstance(path, str) or "\0" in path:
            raise HTTPError(400, "path is no path")

        def work() -> Any:
            return self.answer(self.cases.around(path), given)

        try:
            found = await IOLoop.current().run_in_executor(_DESK, work)
        except Conflict as error:
            self.set_status(409)
            found = {"message": str(error), "clashes": [asdict(clash) for clash in error.clashes]}
        except KitError as error:
            self.set_status(404 if isinstance(error, NoCase) else 400)
            found = {"message": str(error)}
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(found))


class ReadHandler(DeskHandler):
    """An address that is read."""

    @authenticated
    async def get(self) -> None:
        """Nothing; what stands in the address is answered."""
        await self.asked({name: self.get_query_argument(name) for name in self.request.query_arguments})


class PostedHandler(DeskHandler):
    """An address that is asked with a JSON object."""

    @authenticated
    async def post(self) -> None:
        """Nothing; what stands in the body is answered."""
        given = self.get_json_body()
        if not isinstance(given, dict):
            raise HTTPError(400, "the body must be a JSON object")
        await self.asked(given)


def handlers(base: str, root: str) -> list[tuple[str, type[DeskHandler], dict[str, Any]]]:
    """The addresses below ``base``, each with its handler, for the server that shows the folder ``root``."""
    cases = ServedCases(Path(root))
    made = [(ReadHandler, READ), (PostedHandler, POSTED)]
    return [
        (url_path_join(base, "casebook", name), handler, {"cases": cases, "answer": answer})
        for handler, answers in made
        for name, answer in answers.items()
    ]
