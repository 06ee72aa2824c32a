"""Bad input: each pair in tests/data/messages is a command line and its full message.

``NAME.command`` is the command as typed in a shell, ``NAME.expected`` what it prints on standard
error.  Texts too large to keep in a file are made here and given on standard input.
"""

from __future__ import annotations

import shlex
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "data" / "messages"
CASES = sorted(path.stem for path in FOLDER.glob("*.command"))
INPUTS = {
    "formula-of-a-megabyte": "+".join(["mu"] * 350_000),
    "brackets-nested-too-deep": "(" * 10_000 + "mu" + ")" * 10_000,
}

Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize("name", CASES)
def test_bad_input_gets_its_message_in_time(klsym: Call, name: str) -> None:
    program, *arguments = shlex.split((FOLDER / f"{name}.command").read_text(encoding="utf-8"))
    assert program == "klsym"
    begin = time.perf_counter()
    done = klsym(*arguments, stdin=INPUTS.get(name, ""))
    seconds = time.perf_counter() - begin
    assert done.stderr == (FOLDER / f"{name}.expected").read_text(encoding="utf-8")
    assert done.stdout == ""
    assert done.returncode == 2
    assert seconds < 2


@pytest.mark.parametrize("name", CASES)
def test_a_message_points_and_helps(name: str) -> None:
    first, *rest = (FOLDER / f"{name}.expected").read_text(encoding="utf-8").splitlines()
    assert first.startswith("error[")
    assert any(line.rstrip().endswith("^") for line in rest)
    assert rest[-1].startswith("help: ")


def test_every_pair_is_whole() -> None:
    assert {p.stem for p in FOLDER.glob("*.expected")} == set(CASES)
    assert INPUTS.keys() <= set(CASES)
