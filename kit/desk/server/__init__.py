"""The desk's side of the Jupyter server: what the extension in ``lab/`` asks for, under ``/casebook/``."""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "kit.desk.server"}]


def _load_jupyter_server_extension(app: Any) -> None:
    from kit.desk.server.handlers import handlers

    app.web_app.add_handlers(".*$", handlers(app.web_app.settings["base_url"], app.root_dir))
