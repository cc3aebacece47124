"""What takes seconds to load, and nothing asks for, is not loaded; it can still be had."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADED = """
import sys
import {module}
import jsonschema
assert "rfc3987_syntax" not in sys.modules, "loaded"
assert jsonschema.Draft202012Validator({{"format": "date"}}, format_checker=jsonschema.FormatChecker()).is_valid("x") is False
import rfc3987_syntax
"""


@pytest.mark.parametrize("module", ["kit.charts.figure", "kit.reporting.execution.kernel"])
def test_the_parsers_of_addresses_are_spared_and_not_lost(module):
    code = LOADED.format(module=module)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
