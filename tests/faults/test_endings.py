"""However a run is ended, no process is left, and what was decided until then is kept."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest
from started import Command, Start, Write, until

WORDS = ["a", "b", "c"]
SOON = 8.0
"""Seconds that are less than any limit, and enough on a busy machine; it takes 0.1."""
ENDINGS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGKILL: -9}


def asked(command: Command) -> list[str]:
    return [step for step, _ in command.done() if step not in ("read", "gather")]


@pytest.mark.parametrize(
    ("number", "stuck"),
    [("SIGINT", "sleep"), ("SIGTERM", "grind"), ("SIGHUP", "sleep"), ("SIGKILL", "grind")],
)
def test_a_run_that_is_ended_goes_on_where_it_was(
    start: Start, write: Write, number: str, stuck: str
) -> None:
    ending = signal.Signals[number]
    line = ("run", *write(" ".join([*WORDS, stuck, "d"]), "e", stuck), "-j", "2")
    first = start(*line)
    first.turned(stuck)
    begin = time.monotonic()
    first.send(ending)
    code, out, err = first.ended()
    until(lambda: not first.processes(), 2)
    assert time.monotonic() - begin < SOON
    assert (code, out) == (ENDINGS[ending], "")
    assert "Traceback" not in err
    if ending != signal.SIGKILL:
        assert "documents are decided, and what was found is kept" in err
    second = start(*line, "--format", "json", "--time-limit", "0.3")
    code, out, _ = second.ended()
    assert json.loads(out)["counts"] == {"proved": 5, "undecided": 2}
    assert not {*asked(first)} - {stuck} & {*asked(second)}
    assert code == 3


def test_a_second_interruption_disturbs_nothing(start: Start, write: Write) -> None:
    command = start("run", *write("a sleep"), "-j", "2")
    command.turned("sleep")
    for _ in range(20):
        command.send(signal.SIGINT)
        time.sleep(0.002)
    code, out, err = command.ended()
    assert (code, out) == (130, "")
    assert "Traceback" not in err


def test_a_caller_that_ignores_hanging_up_is_heeded(start: Start, write: Write) -> None:
    command = start(
        *("run", *write("a sleep"), "--time-limit", "0.5"),
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    command.turned("sleep")
    command.send(signal.SIGHUP)
    assert command.ended()[0] == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_while_documents_are_read_is_not_waited_for(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    # As on a file system that does not answer.
    command = start(
        *("run", *[tmp_path / f"{n}.md" for n in range(3)], "-j", "2"),
        before=f"""
import pathlib, time, klsym.running.round, klsym.running.runner
def stuck(path):
    pathlib.Path({str(tmp_path / "stuck")!r}).touch()
    time.sleep(60)
klsym.running.round.bundled = stuck
klsym.running.runner.find = lambda paths: ((path, None) for path in paths)
""",
    )
    until((tmp_path / "stuck").exists)
    begin = time.monotonic()
    command.send(number)
    assert command.ended()[0] == ENDINGS[number]
    assert time.monotonic() - begin < SOON


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_while_the_report_is_written_leaves_no_part_of_it(
    start: Start, write: Write, tmp_path: Path, number: signal.Signals
) -> None:
    command = start(
        *("run", *write("a b"), "-o", tmp_path / "out.txt", "--evidence", tmp_path / "out.json"),
        before=f"""
import os, pathlib
original = pathlib.Path.write_bytes
def interrupted(path, data):
    original(path, data[: len(data) // 2])
    os.kill(os.getpid(), {int(number)})
pathlib.Path.write_bytes = interrupted
""",
    )
    assert command.ended()[0] == ENDINGS[number]
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


def test_on_a_terminal_it_shows_what_each_worker_is_at_and_ctrl_c_ends_it(
    start: Start, write: Write
) -> None:
    command = start("run", *write("a sleep", "b sleep c"), "-j", "2", terminal=True)
    until(lambda: command.shown.count(b"at sleep") >= 2)
    assert b"equations" in command.shown
    begin = time.monotonic()
    command.press(b"\x03")
    assert command.ended()[:2] == (130, "")
    assert time.monotonic() - begin < SOON
    until(lambda: b"interrupted" in command.shown)
    shown, hidden = command.shown.rfind(b"\x1b[?25h"), command.shown.rfind(b"\x1b[?25l")
    assert shown > hidden


def test_no_progress_is_shown_where_there_is_no_terminal(start: Start, write: Write) -> None:
    assert start("run", *write("a pause b")).ended()[2] == ""


def test_a_terminal_that_is_closed_ends_it(start: Start, write: Write) -> None:
    command = start("run", *write("a sleep"), terminal=True)
    command.turned("sleep")
    command.hang_up()
    assert command.ended()[0] == 129


def test_what_is_saved_is_decided_again_until_an_interruption(start: Start, write: Write) -> None:
    (path,) = write("a")
    command = start("run", path, "--watch")
    until(lambda: ("a", *command.workers()) in command.done())
    worker = command.turned("a")
    time.sleep(1)
    path.write_text("a vanish b", encoding="utf-8")
    assert command.turned("b") != worker
    path.with_name("new.md").write_text("c", encoding="utf-8")
    path.unlink()
    time.sleep(0.5)
    command.send(signal.SIGINT)
    code, out, err = command.ended()
    assert err.startswith("watching; Ctrl-C ends it\n")
    assert err.endswith("no longer watching\n")
    assert "Traceback" not in err
    assert out.count("proved") >= 2
    assert code in (2, 3)


def test_a_signal_to_end_is_not_taken_for_an_interruption_while_it_watches(
    start: Start, write: Write
) -> None:
    command = start("run", *write("a"), "--watch")
    command.turned("gather")
    time.sleep(1)
    command.send(signal.SIGTERM)
    assert command.ended()[0] == 143


def test_a_folder_that_is_not_there_is_not_watched(start: Start, tmp_path: Path) -> None:
    code, _, err = start("run", tmp_path / "none" / "a.md", "--watch").ended()
    assert code == 2
    assert "error[unwatchable]: cannot be watched" in err
    assert os.fspath(tmp_path) in err
