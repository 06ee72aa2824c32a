from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import klsym as package

Call = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["check", "--help"],
        ["list", "families"],
        ["list", "rules"],
        ["explain", "Normal"],
    ],
    ids=" ".join,
)
def test_what_decides_nothing_starts_without_computer_algebra(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "klsym", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "klsym.command.entry" in loaded
    assert not loaded & {"sympy", "mpmath", "flint", "rich", "subprocess"}
    assert done.stdout


def test_the_three_ways_to_call_it_are_one_command(klsym: Call) -> None:
    script = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert script.stdout == klsym("--version").stdout == f"klsym, version {package.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["check", "--frobnicate", "a", "b"], "No such option"),
        (["check", "a"], "a formula is missing"),
        (["list", "spoons"], "'spoons' is not one of"),
        (["check", "a", "b", "--time-limit", "nan"], "is not a number of seconds"),
        (["check", "a", "b", "--time-limit", "0"], "not in the range"),
        (["check", "a", "b", "--memory-limit", "-1"], "not in the range"),
        (["check", "a", "b", "--digits", "many"], "is not a valid integer"),
        (["derive", "a", "--format", "html"], "'html' is not one of"),
        (["derive", "a", "--route", "scenic"], "'scenic' is not one of"),
    ],
)
def test_a_wrong_usage_is_told_and_exits_with_2(
    klsym: Call, arguments: list[str], message: str
) -> None:
    done = klsym(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_standard_input_cannot_be_both(klsym: Call) -> None:
    done = klsym("check", "-", "-", stdin="x")
    assert done.returncode == 2
    assert done.stderr.startswith("error[input-twice]: standard input can be one of")


def test_input_that_is_not_text_is_an_error() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "klsym", "derive", "-"],
        input=b"KL(\xff)",
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 2
    assert b"byte 4 of standard input is not UTF-8" in done.stderr


def test_a_closed_pipe_is_no_cause_for_complaint() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "klsym", "list", "families"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=False,
    )
    os.close(write)
    assert done.stderr == ""
    assert done.returncode == 128 + signal.SIGPIPE


DRIVER = """
import sys
import klsym.running.child as module
from klsym.command import main
original = module.Child.__init__
module.Child.__init__ = lambda self, *_: original(self, "pretended_engine")
main()
"""


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"]
)
def test_a_signal_ends_the_command_and_its_child(number: int, code: int) -> None:
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "running")])
    command = [sys.executable, "-c", DRIVER, "check", "sleep", "1"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path}
    )
    children: list[str] = []
    while process.poll() is None and not children:
        time.sleep(0.1)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) == 1
    time.sleep(1)
    begin = time.perf_counter()
    process.send_signal(number)
    _, errors = process.communicate(timeout=5)
    assert process.returncode == code
    assert time.perf_counter() - begin < 1
    assert "Traceback" not in errors
    assert not Path(f"/proc/{children[0]}").exists()
