from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import jsonschema
import pytest

from klsym.cache import table
from klsym.cache.store import NAME, Limits, Store
from klsym.command import kept
from klsym.command.entry import run
from klsym.command.kept import Answers, recall
from klsym.running.child import Child
from klsym.running.messages import Response

Call = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "klsym" / "schema.json").read_text())
LINE = ("check", "log(a*b)", "log(a) + log(b)", "--let", "a, b positive")


class Deciding:
    """The command line over a child that pretends, with a cache; it counts what it asks for."""

    def __init__(self, child: Child, store: Store) -> None:
        self.child, self.store, self.asked = child, store, 0

    def ask(self, request: kept.Request) -> Response:
        self.asked += 1
        return self.child.ask(request)

    def __call__(self, *line: str) -> int:
        """The exit code of a command line whose answer is sought under its request."""
        return run(list(line), Answers(self, self.store, line))

    def anew(self, *line: str) -> bool:
        """Whether the child was asked for this command line."""
        before = self.asked
        self(*line)
        return self.asked > before


@pytest.fixture
def deciding(child: Child, monkeypatch: pytest.MonkeyPatch) -> Iterator[Deciding]:
    monkeypatch.setattr("signal.signal", lambda *_: None)
    with Store.open(print) as store:
        yield Deciding(child, store)


@pytest.fixture
def no_sympy(tmp_path: Path) -> dict[str, str]:
    """An environment with the same version of sympy, but for whoever imports it."""
    (tmp_path / "sympy").mkdir()
    (tmp_path / "sympy" / "__init__.py").write_text("raise RuntimeError('sympy is imported')\n")
    (tmp_path / f"sympy-{version('sympy')}.dist-info").mkdir()
    return {"PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])}


def test_an_answer_is_the_same_to_the_byte_the_second_time(klsym: Call) -> None:
    first, second = klsym(*LINE), klsym(*LINE)
    assert (first.returncode, first.stdout, first.stderr) == (
        second.returncode,
        second.stdout,
        second.stderr,
    )
    assert first.stdout.startswith("proved\n")


def test_an_answer_that_is_kept_starts_no_process_and_loads_nothing_slow(klsym: Call) -> None:
    klsym(*LINE)
    code = f"""
import subprocess, sys
def refuse(*arguments, **options): raise RuntimeError("a process is started")
subprocess.Popen = refuse
from klsym.command import main
sys.argv[1:] = {list(LINE)}
try:
    main()
except SystemExit as end:
    slow = {{"sympy", "mpmath", "flint", "click", "dataclasses"}} & set(sys.modules)
    print(end.code, slow, file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stderr == "0 set()\n"
    assert done.stdout.startswith("proved\n")


def test_an_answer_that_is_kept_needs_no_sympy(klsym: Call, no_sympy: dict[str, str]) -> None:
    first = klsym(*LINE)
    assert klsym(*LINE, **no_sympy).stdout == first.stdout
    other = klsym(*LINE, "--digits", "20", **no_sympy)
    assert other.returncode == 4
    assert "sympy is imported" in other.stderr


def test_errors_are_kept_too(klsym: Call) -> None:
    first, second = klsym("check", "log(", "1"), klsym("check", "log(", "1")
    assert first.returncode == second.returncode == 2
    assert first.stderr == second.stderr
    assert first.stderr.startswith("error[")


@pytest.mark.parametrize(
    "other",
    [
        ("--let", "a real"),
        ("--assume", "a < b"),
        ("--digits", "16"),
        ("--strict",),
        ("--unit", "bits"),
        ("--format", "json"),
        ("--verbose",),
        ("--show-reading",),
        ("--reading", "plain"),
    ],
    ids=" ".join,
)
def test_another_request_is_another_answer(deciding: Deciding, other: tuple[str, ...]) -> None:
    deciding("check", "S", "F", "--let", "a positive")
    assert deciding.anew("check", "S", "F", "--let", "a positive", *other)
    assert not deciding.anew("check", "S", "F", "--let", "a positive", *other)


def test_another_command_is_another_answer(deciding: Deciding) -> None:
    deciding("derive", "S")
    assert deciding.anew("evaluate", "S")


def test_another_version_decides_anew(deciding: Deciding, monkeypatch: pytest.MonkeyPatch) -> None:
    line = ("check", "S", "F")
    deciding(*line)
    assert recall(deciding.store, line) == 0
    monkeypatch.setattr(table, "engine", lambda: "another")
    assert recall(deciding.store, line) is None
    assert deciding.anew(*line)


def test_the_order_of_options_is_no_other_request(deciding: Deciding) -> None:
    deciding("check", "S", "F", "--strict", "--digits", "9")
    assert not deciding.anew("check", "--digits", "9", "--strict", "S", "F")


def test_an_open_answer_is_sought_again_within_a_larger_limit_only(deciding: Deciding) -> None:
    line = ("check", "late", "F", "--time-limit")
    assert deciding(*line, "5") == 3
    assert not deciding.anew(*line, "4")
    assert not deciding.anew(*line, "5", "--memory-limit", "1000")
    assert deciding.anew(*line, "5", "--memory-limit", "3000")
    assert deciding.anew(*line, "6")
    assert recall(deciding.store, (*line, "4")) == 3


def test_what_took_a_large_part_of_its_time_is_sought_again_with_more(
    deciding: Deciding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "SHAPED", 0.0)
    deciding("check", "S", "F", "--time-limit", "5")
    assert not deciding.anew("check", "S", "F", "--time-limit", "5")
    assert deciding.anew("check", "S", "F", "--time-limit", "6")


def test_a_fault_is_not_kept(deciding: Deciding) -> None:
    assert deciding("check", "fault", "F") == 4
    assert deciding.anew("check", "fault", "F")


def test_what_a_process_did_not_live_to_decide_is_not_kept(deciding: Deciding) -> None:
    assert deciding("check", "vanish", "F") == 3
    assert deciding.anew("check", "vanish", "F")


def test_evidence_is_written_each_time(deciding: Deciding, tmp_path: Path) -> None:
    line = ("check", "S", "F", "--evidence", str(tmp_path / "evidence.json"), "--force")
    deciding(*line)
    assert deciding.anew(*line)
    assert recall(deciding.store, line) is None


def test_a_file_is_written_each_time(deciding: Deciding, tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    line = ("check", "S", "F", "-o", str(path))
    for _ in range(2):
        deciding(*line)
        assert path.read_text()
        path.unlink()
    assert recall(deciding.store, line) is None
    assert deciding.asked == 1


def test_standard_input_is_read_each_time(klsym: Call) -> None:
    line = ("check", "log(a*b)", "-", "--let", "a, b positive")
    assert klsym(*line, stdin="log(a) + log(b)").returncode == 0
    assert klsym(*line, stdin="log(a) - log(b)").returncode == 1
    assert klsym(*line, stdin="log(a) + log(b)").returncode == 0


def test_a_terminal_and_a_pipe_have_each_their_answer(
    deciding: Deciding, monkeypatch: pytest.MonkeyPatch
) -> None:
    deciding("check", "S", "F")
    monkeypatch.setattr(kept, "colour_wanted", lambda: True)
    assert recall(deciding.store, ("check", "S", "F")) is None


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"output": "proved", "errors": "", "exit_code": "0", "details": ""},
        {"output": ["proved"], "errors": "", "exit_code": 0, "details": ""},
        {"output": "", "errors": "", "exit_code": 0, "details": "", "files": {"/tmp/x": ""}},
    ],
    ids=range(4),
)
def test_what_has_not_the_shape_of_an_answer_is_none(
    deciding: Deciding, value: dict[str, object]
) -> None:
    line = ("check", "S", "F")
    deciding(*line)
    (key,) = keys(deciding.store, "check")
    deciding.store.put(key, value, None)
    assert recall(deciding.store, line) is None
    assert deciding.anew(*line)


@pytest.mark.parametrize("value", [{}, {"answer": 1}, {"answer": "check:0", "seconds": "1"}])
def test_a_command_line_that_leads_nowhere_is_none(
    deciding: Deciding, value: dict[str, object]
) -> None:
    line = ("check", "S", "F")
    deciding(*line)
    (key,) = keys(deciding.store, "line")
    deciding.store.put(key, value, None)
    assert recall(deciding.store, line) is None


def keys(store: Store, kind: str) -> list[str]:
    with closing(sqlite3.connect(store.path)) as file:
        return [key for (key,) in file.execute("SELECT key FROM verdicts") if key.startswith(kind)]


def test_no_cache_neither_reads_nor_writes(klsym: Call, empty_cache: Path) -> None:
    klsym(*LINE, "--no-cache")
    assert not empty_cache.exists()


@pytest.mark.parametrize("command", ["derive", "check", "evaluate", "identify", "fit", "run"])
def test_each_command_that_keeps_answers_can_do_without(klsym: Call, command: str) -> None:
    assert "--no-cache" in klsym(command, "--help").stdout


def test_a_cache_that_cannot_be_had_costs_a_warning(klsym: Call, empty_cache: Path) -> None:
    empty_cache.touch()
    done = klsym(*LINE)
    assert done.returncode == 0
    assert done.stdout.startswith("proved\n")
    warning = f"warning: the cache {empty_cache / NAME} is not used: File exists\n"
    assert done.stderr == warning


def test_a_cache_that_is_garbage_costs_a_warning_once(klsym: Call, empty_cache: Path) -> None:
    empty_cache.mkdir()
    (empty_cache / NAME).write_bytes(b"garbage " * 1000)
    first, second = klsym(*LINE), klsym(*LINE)
    assert first.stderr.startswith(f"warning: the cache {empty_cache / NAME} is damaged")
    assert (second.stderr, second.stdout) == ("", first.stdout)


def test_info_tells_what_is_kept(klsym: Call, empty_cache: Path) -> None:
    klsym(*LINE)
    told = json.loads(klsym("cache", "info", "--format", "json").stdout)
    jsonschema.validate(told, SCHEMA)
    assert told["path"] == str(empty_cache / NAME)
    assert (told["entries"], told["current"]) == (2, 2)
    assert told["kinds"] == {"check": 1, "line": 1}
    shown = klsym("cache", "info").stdout
    assert shown.startswith(f"{empty_cache / NAME}: 1 answer (")
    assert "1  command lines that lead to them\n" in shown


def test_info_tells_what_is_another_versions(klsym: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, Store.open(print) as store:
        patch.setattr(table, "engine", lambda: "another")
        store.put("check:a", {}, None)
        store.put("check:b", {}, Limits(1, 1))
    shown = klsym("cache", "info").stdout
    assert "2 of these are another version's" in shown


def test_clear_forgets_and_says_so(klsym: Call, empty_cache: Path) -> None:
    klsym(*LINE)
    removed = klsym("cache", "clear")
    assert removed.stdout.startswith("removed 1 answer (")
    assert removed.stdout.endswith(f") from {empty_cache / NAME}\n")
    assert json.loads(klsym("cache", "info", "--format", "json").stdout)["entries"] == 0


def test_a_cache_that_cannot_be_cleared_is_told(klsym: Call, empty_cache: Path) -> None:
    empty_cache.mkdir()
    (empty_cache / NAME).mkdir()
    done = klsym("cache", "clear")
    assert done.returncode == 2
    assert "error[cache-not-cleared]: the cache could not be cleared" in done.stderr


def test_what_decides_nothing_opens_no_cache(klsym: Call, empty_cache: Path) -> None:
    assert klsym("check", "--help").returncode == 0
    assert not empty_cache.exists()


def test_an_interrupt_while_the_cache_is_read_is_no_traceback() -> None:
    code = """
import sys
import klsym.command.kept as module
def interrupted(*_): raise KeyboardInterrupt
module.recall = interrupted
from klsym.command import main
sys.argv[1:] = ["check", "a", "b"]
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (130, "")
