from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import ANY

import jsonschema
import pytest

from klsym.running.child import Child
from klsym.running.lost import lost
from klsym.running.messages import Lost, Request, Response

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE.parents[1] / "klsym" / "schema.json").read_text())


def ask(child: Child, statement: str, formula: str = "1", **options: object) -> Response:
    arguments = {"statement": statement, "formula": formula}
    return child.ask(Request("check", arguments, **{"format": "json", **options}))


def reason_of(response: Response) -> str:
    result = json.loads(response.output)
    jsonschema.validate(result, SCHEMA)
    assert result["verdict"] == "undecided"
    assert response.exit_code == 3
    reason: str = result["reason"]
    return reason


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_request_is_answered_with_the_exit_code_of_its_result(child: Child) -> None:
    assert json.loads(ask(child, "anything", "x").output)["formula"] == "x"
    assert ask(child, "refuted").exit_code == 1


def test_one_child_answers_many_requests(child: Child) -> None:
    pids = {json.loads(ask(child, "process").output)["pid"] for _ in range(5)}
    assert pids == {child.pid}


@pytest.mark.parametrize("statement", ["loop", "sleep"])
def test_a_statement_that_hangs_is_ended_at_its_time_limit(child: Child, statement: str) -> None:
    ask(child, "process")
    begin = time.perf_counter()
    response = ask(child, statement, time_limit=0.4)
    assert 0.4 <= time.perf_counter() - begin < 1.4
    assert reason_of(response) == "the time limit of 0.4 s was reached (--time-limit)"
    assert gone(child.pid)


def test_an_engine_that_stops_by_itself_for_want_of_time_is_undecided(child: Child) -> None:
    reason = reason_of(ask(child, "late", time_limit=5.0))
    assert reason == "the time limit of 5 s was reached (--time-limit)"


def test_after_a_loss_the_next_request_is_answered_by_a_new_process(child: Child) -> None:
    old = child.pid
    ask(child, "sleep", time_limit=0.1)
    answered = json.loads(ask(child, "process").output)
    assert answered["pid"] == child.pid != old


def test_a_statement_that_swells_is_stopped_at_its_memory_limit(child: Child) -> None:
    response = ask(child, "swell", memory_limit=400)
    assert reason_of(response) == "the memory limit of 400 MB was reached (--memory-limit)"
    assert json.loads(ask(child, "process").output)["pid"]


def test_a_library_that_aborts_for_want_of_memory_costs_one_statement(child: Child) -> None:
    assert "memory limit" in reason_of(ask(child, "abort"))
    assert "GNU MP" in ask(child, "abort").details


def test_a_child_that_vanishes_is_reported_with_how_it_ended(child: Child) -> None:
    assert reason_of(ask(child, "vanish")) == (
        "the process that was deciding it was ended (exit status 7)"
    )


def test_a_child_that_is_killed_is_reported_with_the_signal(child: Child) -> None:
    ask(child, "process")
    killer = f"import os, time; time.sleep(0.3); os.kill({child.pid}, {int(signal.SIGKILL)})"
    with subprocess.Popen([sys.executable, "-c", killer]):
        assert "SIGKILL" in reason_of(ask(child, "sleep"))


def test_a_child_that_does_not_load_is_followed_by_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "slow_engine.py").write_text(
        "import os, pathlib, time\n"
        f"here = pathlib.Path({str(tmp_path)!r}, 'loaded')\n"
        "if not here.exists():\n"
        "    here.touch()\n"
        "    time.sleep(60)\n"
        "from pretended_engine import *\n"
    )
    monkeypatch.setattr("klsym.running.child.START_LIMIT", 2)
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.syspath_prepend(str(tmp_path))
    with Child("slow_engine") as child:
        old = child.pid
        assert json.loads(ask(child, "process").output)["pid"] != old
    assert gone(old)


def test_a_child_that_is_stopped_takes_no_long_request_for_ever(child: Child) -> None:
    ask(child, "process")
    os.kill(child.pid, signal.SIGSTOP)
    request = Request("decide", {"keys": ["a"], "text": "x" * (1 << 20)}, "data", time_limit=0.3)
    found = child.hear(request)
    assert isinstance(found, Lost)
    assert (found.turning, found.limit) == (None, False)
    assert gone(child.pid)


def test_what_is_heard_in_part_is_no_answer(child: Child) -> None:
    heard: list[object] = []
    found = child.hear(Request("decide", {"keys": ["a", "half", "b"]}, "data"), heard.append)
    assert isinstance(found, Lost)
    assert found.turning == "half"
    assert [line for line in heard if "answered" in line] == [
        {"answered": "a", "answer": {"verdict": "proved"}}
    ]


def test_endless_recursion_is_undecided(child: Child) -> None:
    assert reason_of(ask(child, "recurse")) == "the expression is nested too deeply"


def test_what_libraries_print_does_not_reach_the_protocol(child: Child) -> None:
    response = ask(child, "print")
    assert json.loads(response.output)["verdict"] == "proved"
    assert json.loads(ask(child, "refuted").output)["verdict"] == "refuted"


def test_of_what_libraries_print_no_more_is_kept_than_can_be_held(child: Child) -> None:
    response = ask(child, "flood")
    assert json.loads(response.output)["verdict"] == "proved"
    assert len(ask(child, "fault").details) < 500_000


def test_an_unexpected_exception_is_one_line_and_exit_code_4(child: Child) -> None:
    response = ask(child, "fault")
    assert response.exit_code == 4
    first, second = response.errors.split("\n")
    assert first == ("error[internal]: a fault of klsym itself: ZeroDivisionError: no such case")
    assert second.startswith("help: please report it")
    assert "Traceback" in response.details


def test_an_unreadable_text_is_an_error_in_the_format_asked_for(child: Child) -> None:
    error = json.loads(ask(child, "unreadable").output)
    jsonschema.validate(error, SCHEMA)
    assert error["error"]["name"] == "bad-formula"
    shown = ask(child, "unreadable", format="text")
    assert shown.exit_code == 2
    assert shown.errors.startswith("error[bad-formula]: expected a number\n --> formula:1:1")


def test_an_unknown_command_is_a_fault(child: Child) -> None:
    response = child.ask(Request("__import__", {"name": "os"}))
    assert response.exit_code == 4


def test_an_engine_that_does_not_load_is_a_fault() -> None:
    with Child("no_such_engine") as process:
        response = ask(process, "anything")
    assert response.exit_code == 4
    assert "No module named 'no_such_engine'" in response.errors


@pytest.mark.parametrize("format_", ["text", "markdown", "latex"])
@pytest.mark.parametrize("command", ["derive", "check", "evaluate"])
def test_a_loss_is_told_in_every_format(command: str, format_: str) -> None:
    request = Request(command, {"statement": "S", "formula": "F"}, format=format_)
    in_json = lost(Request(command, request.arguments, format="json"), "because", 1.0)
    jsonschema.validate(json.loads(in_json.output), SCHEMA)
    shown = lost(request, "because", 1.0).output.lower().replace("**", "")
    assert "undecided: because" in shown


def test_an_identification_that_was_lost_found_nothing() -> None:
    request = Request("identify", {"formula": "F", "p": "P", "q": "Q"}, format="json")
    found = json.loads(lost(request, "because", 1.0).output)
    jsonschema.validate(found, SCHEMA)
    assert found["found"] == []
    shown = lost(Request("identify", request.arguments), "because", 1.0)
    assert shown.output.startswith("none: because")
    assert shown.exit_code == 3


def test_of_many_questions_each_has_the_whole_time_limit(child: Child) -> None:
    arguments = {"keys": ["pause"] * 5}
    heard: list[object] = []
    response = child.hear(Request("decide", arguments, "data", time_limit=0.5), heard.append)
    assert isinstance(response, Response)
    assert response.value == {"answered": 5}
    assert heard[:2] == [
        {"turning": "pause", "place": "at pause"},
        {"answered": "pause", "answer": {"verdict": "proved"}},
    ]


def test_of_many_questions_the_one_that_hangs_is_told(child: Child) -> None:
    request = Request("decide", {"keys": ["a", "loop", "b"]}, "data", time_limit=0.5)
    assert child.hear(request) == Lost(
        "the time limit of 0.5 s was reached (--time-limit)", ANY, "loop", limit=True
    )


def test_of_many_questions_the_one_that_a_child_dies_of_is_told(child: Child) -> None:
    found = child.hear(Request("decide", {"keys": ["a", "vanish", "b"]}, "data"))
    assert isinstance(found, Lost)
    assert (found.turning, found.limit) == ("vanish", False)


def test_a_child_that_has_swollen_is_followed_by_another(child: Child) -> None:
    old = child.pid
    assert isinstance(child.hear(Request("decide", {"keys": ["keep"]}, "data")), Response)
    assert json.loads(ask(child, "process").output)["pid"] != old
    assert gone(old)


def test_a_child_ends_with_its_owner() -> None:
    owner = (
        "import os, sys, time\n"
        "from klsym.running.child import Child\n"
        "child = Child('pretended_engine')\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(0.3)\n"
        "os._exit(0)\n"
    )
    path = os.pathsep.join([str(HERE.parents[1]), str(HERE)])
    done = subprocess.run(
        [sys.executable, "-c", owner],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": path},
        check=True,
    )
    pid = int(done.stdout)
    deadline = time.monotonic() + 5
    while not _ended(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert _ended(pid)


def _ended(pid: int) -> bool:
    """Gone, or a zombie that nobody in a container collects."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return gone(pid)
    return state == "Z"


def test_the_owner_of_a_child_has_not_loaded_sympy() -> None:
    code = (
        "import sys\n"
        "import klsym.running.child, klsym.running.lost, klsym.command.commands\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'sympy', 'mpmath', 'flint'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
