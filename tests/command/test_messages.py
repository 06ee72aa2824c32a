"""Bad input: each pair in tests/data/messages is a command line and its full message.

``NAME.command`` is the command as typed in a shell, ``NAME.expected`` what it prints on standard
error.  Texts too large to keep in a file are made here and given on standard input.

``python tests/command/test_messages.py NAME...`` records what the named commands print now.
"""

from __future__ import annotations

import resource
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "data" / "messages"
CASES = sorted(path.stem for path in FOLDER.glob("*.expected"))
INPUTS = {
    "formula-of-a-megabyte": "+".join(["mu"] * 350_000),
    "brackets-nested-too-deep": "(" * 10_000 + "mu" + ")" * 10_000,
}

Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize("name", CASES)
def test_bad_input_gets_its_message_in_time(klsym: Call, name: str) -> None:
    begin = processor_time_of_children()
    done = klsym(*arguments_of(name), stdin=INPUTS.get(name, ""))
    seconds = processor_time_of_children() - begin
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


def test_every_command_has_its_message() -> None:
    commands = {path.stem for path in FOLDER.glob("*.command")}
    assert commands == set(CASES)
    assert commands >= INPUTS.keys()


def processor_time_of_children() -> float:
    """Seconds that the processes started here have worked, however busy the machine is."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def arguments_of(name: str) -> list[str]:
    program, *arguments = shlex.split((FOLDER / f"{name}.command").read_text(encoding="utf-8"))
    assert program == "klsym"
    return arguments


def record(name: str) -> None:
    """Write down what a command prints now, for a person to read before it is committed."""
    command = [sys.executable, "-m", "klsym", *arguments_of(name)]
    given = INPUTS.get(name, "")
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    (FOLDER / f"{name}.expected").write_text(done.stderr, encoding="utf-8")


if __name__ == "__main__":
    for each in sys.argv[1:]:
        record(each)
