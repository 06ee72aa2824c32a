"""What happens to a worker, or to what it is at, costs that statement and nothing else."""

from __future__ import annotations

import json
import os
import resource
import signal
import time
from contextlib import suppress

import pytest
from started import Start, Write, until


def verdicts(out: str) -> dict[str, str]:
    claims = (claim for document in json.loads(out)["documents"] for claim in document["claims"])
    return {claim["left"]: claim["verdict"] for claim in claims}


def reasons(out: str) -> list[str]:
    claims = [claim for document in json.loads(out)["documents"] for claim in document["claims"]]
    return [claim["message"] for claim in claims if claim["verdict"] == "undecided"]


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("loop", "the time limit of 0.5 s was reached (--time-limit)"),
        ("grind", "the time limit of 0.5 s was reached (--time-limit)"),
        ("sleep", "the time limit of 0.5 s was reached (--time-limit)"),
        ("gulp", "the memory limit of 600 MB was reached (--memory-limit)"),
        ("recurse", "the expression is nested too deeply"),
        ("fault", "a fault of klsym itself: ZeroDivisionError: no such case"),
        ("half", "the process that was deciding it was ended (exit status 9)"),
    ],
)
def test_a_statement_costs_itself_alone(start: Start, write: Write, word: str, reason: str) -> None:
    command = start(
        *("run", *write(f"a b {word} c d", "e"), "--format", "json", "-j", "2"),
        *("--time-limit", "0.5", "--memory-limit", "600"),
    )
    code, out, _ = command.ended()
    assert verdicts(out) == dict.fromkeys("abcde", "proved") | {word: "undecided"}
    assert reasons(out) == [reason]
    assert code == (4 if word == "fault" else 3)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM], ids=str)
def test_a_worker_that_is_killed_costs_what_it_was_at(
    start: Start, write: Write, number: signal.Signals
) -> None:
    command = start("run", *write("a b sleep c d", "e"), "--format", "json", "-j", "1")
    os.kill(command.turned("sleep"), number)
    code, out, _ = command.ended()
    assert verdicts(out) == dict.fromkeys("abcde", "proved") | {"sleep": "undecided"}
    assert reasons(out) == [f"the process that was deciding it was ended ({number.name})"]
    assert code == 3


def test_workers_that_are_killed_as_they_load_are_followed_by_others(
    start: Start, write: Write
) -> None:
    command = start("run", *write("a", "b"), "--format", "json", "-j", "2")
    for _ in range(2):
        until(command.workers)
        for pid in command.workers():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    code, out, _ = command.ended()
    assert (code, verdicts(out)) == (0, {"a": "proved", "b": "proved"})


def test_a_worker_that_is_killed_while_it_waits_costs_nothing(start: Start, write: Write) -> None:
    words = [f"w{number}" for number in range(15)]
    command = start(
        *("run", *write(" ".join(["sleep", *words])), "--format", "json", "-j", "2"),
        *("--time-limit", "1"),
    )
    busy = command.turned("sleep")
    waiting = command.turned("w14")
    assert waiting != busy
    os.kill(waiting, signal.SIGKILL)
    code, out, _ = command.ended()
    assert verdicts(out) == dict.fromkeys(words, "proved") | {"sleep": "undecided"}
    assert code == 3


@pytest.mark.parametrize("step", ["read", "gather"])
def test_a_worker_that_is_killed_between_statements_costs_nothing(
    start: Start, write: Write, step: str
) -> None:
    command = start("run", *write("linger a"), "--format", "json", "-j", "1")
    os.kill(command.turned(step), signal.SIGKILL)
    code, out, _ = command.ended()
    assert (code, verdicts(out)) == (0, {"linger": "proved", "a": "proved"})


def test_a_worker_that_is_stopped_is_ended_at_the_time_limit(start: Start, write: Write) -> None:
    command = start("run", *write("a sleep b"), "--format", "json", "--time-limit", "1")
    os.kill(command.turned("sleep"), signal.SIGSTOP)
    code, out, _ = command.ended()
    assert verdicts(out) == {"a": "proved", "sleep": "undecided", "b": "proved"}
    assert code == 3


def test_what_is_decided_while_the_command_is_stopped_is_in_time(
    start: Start, write: Write
) -> None:
    command = start("run", *write("a pause b"), "--format", "json", "--time-limit", "0.5")
    command.turned("pause")
    command.send(signal.SIGSTOP)
    time.sleep(1)
    command.send(signal.SIGCONT)
    code, out, _ = command.ended()
    assert (code, set(verdicts(out).values())) == (0, {"proved"})


def test_no_more_workers_are_started_than_pay(start: Start, write: Write) -> None:
    command = start("run", *write("sleep a b"), "-j", "64", "--time-limit", "1")
    command.turned("sleep")
    assert len(command.workers()) == 1
    assert command.ended()[0] == 3


def test_workers_that_cannot_be_started_leave_the_work_to_the_others(
    start: Start, write: Write
) -> None:
    words = [f"w{number}" for number in range(60)]
    command = start(
        *("run", *write(" ".join(["pause", *words])), "--format", "json", "-j", "8"),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20)),
    )
    code, out, _ = command.ended()
    assert (code, len(verdicts(out))) == (0, 61)


def test_if_no_worker_can_be_started_the_command_says_so(start: Start, write: Write) -> None:
    command = start(
        *("run", *write("a", "b"), "-j", "2", "--no-cache"),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (7, 7)),
    )
    code, out, err = command.ended()
    assert (code, out) == (4, "")
    assert "no process can be started: Too many open files" in err
