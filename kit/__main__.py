"""``python -m kit`` is ``kit``."""

from kit.cli.main import main

main(prog_name="kit")
