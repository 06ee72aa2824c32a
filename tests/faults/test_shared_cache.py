"""Whatever happens to the cache of a run, its answers are the same."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest
from started import Start, Write

from klsym.cache.store import FOLDER, NAME

WORDS = [f"w{number}" for number in range(12)]


def counts(out: str) -> dict[str, int]:
    return json.loads(out)["counts"]


def test_a_cache_that_is_replaced_by_garbage_in_the_middle_costs_what_it_holds(
    start: Start, write: Write, empty_cache: Path
) -> None:
    line = ("run", *write(" ".join([*WORDS, "pause"]), "b pause"), "-j", "1", "--format", "json")
    command = start(*line)
    command.turned("pause")
    (empty_cache / NAME).write_bytes(b"This is no SQLite file. " * 4000)
    code, out, err = command.ended()
    assert (code, counts(out)) == (0, {"proved": 15})
    assert err.count("\n") <= 1
    code, out, _ = start(*line).ended()
    assert (code, counts(out)) == (0, {"proved": 15})
    assert start(*line).ended()[::2] == (0, "")


def test_a_folder_of_the_cache_that_is_deleted_in_the_middle_is_no_fault(
    start: Start, write: Write, empty_cache: Path
) -> None:
    command = start("run", *write("a pause b", "c pause"), "-j", "1", "--format", "json")
    command.turned("pause")
    for path in empty_cache.iterdir():
        path.unlink()
    empty_cache.rmdir()
    code, out, _ = command.ended()
    assert (code, counts(out)) == (0, {"proved": 5})


def test_two_runs_at_once_share_one_cache(start: Start, write: Write) -> None:
    line = ("run", *write(" ".join(WORDS), "pause a", "pause b"), "-j", "2", "--format", "json")
    both = [start(*line), start(*line)]
    for command in both:
        code, out, err = command.ended()
        assert (code, err, counts(out)) == (0, "", {"proved": 16})
    third = start(*line)
    assert third.ended()[0] == 0
    assert not third.done()


def test_a_cache_that_a_stopped_run_holds_is_not_waited_for(
    start: Start, write: Write, empty_cache: Path
) -> None:
    holder = start(
        *("run", *write("a")),
        before="""
from klsym.cache.store import Store
with Store.open(print) as store:
    store._connection.execute("BEGIN EXCLUSIVE")
    open(__import__("os").environ["PRETENDED_LOG"], "w").write("held 0\\n")
    __import__("time").sleep(60)
""",
    )
    holder.turned("held")
    holder.send(signal.SIGSTOP)
    code, out, err = start("run", *write("a"), "--format", "json").ended()
    holder.send(signal.SIGKILL)
    assert (code, counts(out)) == (0, {"proved": 1})
    assert err == f"warning: the cache {empty_cache / NAME} is not used: database is locked\n"


def test_nothing_depends_on_the_clock(start: Start, write: Write, tmp_path: Path) -> None:
    # Each look at the clock finds it an hour back, here and in the workers.
    (tmp_path / "sitecustomize.py").write_text(
        "import itertools, time\n"
        "hours = itertools.count()\n"
        "time.time = lambda: 2e9 - 3600 * next(hours)\n"
    )
    line = ("run", *write("a loop b", "c"), "--time-limit", "0.5", "--format", "json")
    for asked in (True, False):
        command = start(*line, modules=(tmp_path,), before="import time; assert time.time() > 1\n")
        code, out, err = command.ended()
        assert (code, err, counts(out)) == (3, "", {"proved": 3, "undecided": 1})
        assert bool(command.done()) is asked


@pytest.mark.parametrize("home", ["", "/dev/null", "/proc"])
def test_without_a_home_folder_nothing_is_kept(
    start: Start, write: Write, tmp_path: Path, home: str
) -> None:
    before = f"""
import os, pwd
def nobody(user):
    raise KeyError(user)
pwd.getpwuid = nobody
for name in ("HOME", "XDG_CACHE_HOME", {FOLDER!r}):
    os.environ.pop(name, None)
if {home!r}:
    os.environ["HOME"] = {home!r}
"""
    command = start("run", *write("a"), "--format", "json", before=before, cwd=tmp_path)
    code, out, err = command.ended()
    assert (code, counts(out)) == (0, {"proved": 1})
    assert err.startswith("warning: the cache ")
    assert " is not used: " in err
    assert not (tmp_path / "~").exists()
