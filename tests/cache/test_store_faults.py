"""What happens to the file costs what it holds, a warning, and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from klsym.cache import store as module
from klsym.cache.store import FOLDER, Store
from klsym.cache.table import Limits

ROOT = Path(__file__).parents[2]
LIMITS = Limits(20.0, 2048)
VALUE = {"output": "proved"}
GARBAGE = b"This is no SQLite file. " * 4000


def fill(store: Store, answers: int = 400) -> None:
    store.put_many([(str(number), {"text": str(3**number)}, None) for number in range(answers)])


def ask_for_all(store: Store) -> dict[str, object]:
    return store.get_many([str(number) for number in range(400)], LIMITS)


def python(code: str, **env: str) -> subprocess.Popen[str]:
    """Another process that has a store, and says so before it uses it."""
    lines = [
        "import sys",
        "from klsym.cache.store import Store",
        "from klsym.cache.table import Limits",
        "store = Store.open(lambda text: print(text, file=sys.stderr))",
        "print('open', flush=True)",
        code,
    ]
    return subprocess.Popen(
        [sys.executable, "-c", "\n".join(lines)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
    )


@pytest.mark.parametrize("start", [0, 16, 100, 4096])
def test_a_garbage_file_is_set_aside_and_a_new_one_begun(
    path: Path, open_store: Callable[[], Store], warnings: list[str], start: int
) -> None:
    with open_store() as store:
        fill(store)
    garbage = path.read_bytes()[:start] + GARBAGE
    path.write_bytes(garbage)
    store = open_store()
    ask_for_all(store)
    with open_store() as next_one:
        next_one.put("a", VALUE, None)
        assert next_one.get_many(["a"], LIMITS) == {"a": VALUE}
    (warning,) = warnings
    assert warning.startswith(f"warning: the cache {path} is damaged")
    assert warning.endswith("it is set aside as verdicts.sqlite3.damaged-1")
    assert path.with_name("verdicts.sqlite3.damaged-1").read_bytes() == garbage


def test_a_second_damaged_file_does_not_overwrite_the_first(
    path: Path, open_store: Callable[[], Store]
) -> None:
    for number in (1, 2):
        path.write_bytes(GARBAGE + bytes([number]))
        open_store().close()
    for number in (1, 2):
        aside = path.with_name(f"verdicts.sqlite3.damaged-{number}")
        assert aside.read_bytes() == GARBAGE + bytes([number])


@pytest.mark.parametrize("part", [0.03, 0.3, 0.8])
def test_a_truncated_file_gives_no_wrong_answer(
    path: Path, open_store: Callable[[], Store], warnings: list[str], part: float
) -> None:
    with open_store() as store:
        fill(store)
    os.truncate(path, int(part * path.stat().st_size))
    for key, value in ask_for_all(open_store()).items():
        assert value == {"text": str(3 ** int(key))}
    assert len(warnings) == 1
    with open_store() as store:
        fill(store)
        assert len(ask_for_all(store)) == 400


def test_an_empty_file_becomes_a_cache(
    path: Path, open_store: Callable[[], Store], warnings: list[str]
) -> None:
    path.touch()
    store = open_store()
    store.put("a", VALUE, None)
    assert store.get_many(["a"], LIMITS) == {"a": VALUE}
    assert warnings == []


@pytest.mark.parametrize("place", range(0, 1 << 17, 13001))
def test_a_damaged_byte_gives_no_wrong_answer(
    path: Path, open_store: Callable[[], Store], place: int
) -> None:
    with open_store() as store:
        fill(store)
    data = bytearray(path.read_bytes())
    for at in range(place % len(data), len(data), 4001):
        data[at] ^= 0xFF
    path.write_bytes(data)
    store = open_store()
    for key, value in ask_for_all(store).items():
        assert value == {"text": str(3 ** int(key))}
    fill(store)


def test_a_file_replaced_by_garbage_while_it_is_open_ends_the_store(
    path: Path, open_store: Callable[[], Store], warnings: list[str]
) -> None:
    with open_store() as store:
        fill(store)
    store = open_store()
    path.write_bytes(GARBAGE)
    for key, value in ask_for_all(store).items():
        assert value == {"text": str(3 ** int(key))}
    for number in range(1000):
        store.put(str(number), {"text": str(3**number)}, None)
    store.close()
    assert len(warnings) == 1
    with open_store() as store:
        fill(store)
        assert len(ask_for_all(store)) == 400


def test_a_file_deleted_while_it_is_open_costs_what_it_holds(
    path: Path, open_store: Callable[[], Store]
) -> None:
    store = open_store()
    fill(store)
    shutil.rmtree(path.parent)
    for value in ask_for_all(store).values():
        assert isinstance(value, dict)
    store.put("a", VALUE, None)
    store.close()
    with open_store() as store:
        store.put("a", VALUE, None)
        assert store.get_many(["a"], LIMITS) == {"a": VALUE}


def test_a_file_of_another_program_is_left_as_it_is(
    path: Path, open_store: Callable[[], Store], warnings: list[str]
) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE verdicts (name TEXT)")
    store = open_store()
    store.put("a", VALUE, None)
    assert store.get_many(["a"], LIMITS) == {}
    (warning,) = warnings
    assert warning.startswith(f"warning: the cache {path} is not used: ")


def test_a_file_locked_by_another_process_is_not_waited_for_longer_than_its_time(
    path: Path,
    open_store: Callable[[], Store],
    warnings: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    store = open_store()
    code = "store._connection.execute('BEGIN IMMEDIATE'); print('locked', flush=True); input()"
    with python(code) as other:
        assert other.stdout is not None
        assert [other.stdout.readline(), other.stdout.readline()] == ["open\n", "locked\n"]
        store.put("a", VALUE, None)
        store.put("b", VALUE, None)
        assert store.get_many(["a"], LIMITS) == {}
        other.communicate("\n")
    assert warnings == [f"warning: the cache {path} is not used: database is locked"]


@pytest.fixture
def read_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache that may be read and not written; root has to become another user for that."""
    folder = Path(tempfile.mkdtemp())
    monkeypatch.setenv(FOLDER, str(folder))
    with Store.open(print) as store:
        fill(store)
    for each in folder.iterdir():
        each.chmod(0o444)
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield folder
    os.seteuid(user)
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_a_read_only_folder_is_no_fault(
    read_only: Path, open_store: Callable[[], Store], warnings: list[str]
) -> None:
    store = open_store()
    store.put("a", VALUE, None)
    store.put("b", VALUE, None)
    assert store.get_many(["a"], LIMITS) == {}
    (warning,) = warnings
    assert warning.startswith(f"warning: the cache {read_only / 'verdicts.sqlite3'} is not used: ")


def test_a_folder_that_cannot_be_made_is_no_fault(
    path: Path, warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path.touch()
    monkeypatch.setenv(FOLDER, str(path / "below"))
    with Store.open(warnings.append) as store:
        store.put("a", VALUE, None)
        assert store.get_many(["a"], LIMITS) == {}
        assert store.info().entries == store.clear().entries == 0
    below = path / "below" / "verdicts.sqlite3"
    assert warnings == [f"warning: the cache {below} is not used: Not a directory"]


def test_a_folder_in_the_files_place_is_no_fault(
    path: Path, open_store: Callable[[], Store], warnings: list[str]
) -> None:
    path.mkdir()
    assert open_store().get_many(["a"], LIMITS) == {}
    assert warnings == [f"warning: the cache {path} is not used: unable to open database file"]


def test_a_full_disk_is_no_fault(path: Path) -> None:
    pytest.importorskip("resource")
    code = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
for number in range(1000):
    store.put(str(number), {"text": str(3**number)}, None)
print(store.get_many(["1"], Limits(1, 1)))
"""
    with python(code) as process:
        output, errors = process.communicate()
    assert (process.returncode, output) == (0, "open\n{}\n")
    assert errors.startswith(f"warning: the cache {path} is not used: ")
    assert errors.count("\n") == 1


def test_two_processes_write_the_same_and_other_keys_at_once(
    open_store: Callable[[], Store],
) -> None:
    code = """
name = input()
for number in range(300):
    store.put(f"same:{number}", {"number": number}, None)
    store.put(f"{name}:{number}", {"name": name}, Limits(1, 1))
"""
    with python(code) as first, python(code) as second:
        for name, process in (("first", first), ("second", second)):
            assert process.stdin is not None
            process.stdin.write(f"{name}\n")
            process.stdin.flush()
        ends = [process.communicate() for process in (first, second)]
    assert ends == [("open\n", "")] * 2
    assert open_store().info().kinds == {"same": 300, "first": 300, "second": 300}


def test_many_processes_begin_one_file_at_once(path: Path) -> None:
    processes = [python("store.put('a', {}, None)") for _ in range(6)]
    assert [process.communicate() for process in processes] == [("open\n", "")] * 6
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT count(*) FROM verdicts").fetchone() == (1,)


def test_a_process_that_is_killed_keeps_what_it_put(open_store: Callable[[], Store]) -> None:
    with python("store.put('a', {'b': 1}, None); print('put', flush=True); input()") as process:
        assert process.stdout is not None
        assert [process.stdout.readline(), process.stdout.readline()] == ["open\n", "put\n"]
        process.send_signal(signal.SIGKILL)
    assert open_store().get_many(["a"], LIMITS) == {"a": {"b": 1}}


def test_the_cache_imports_nothing_slow(path: Path) -> None:
    code = """
store.put("a", {}, None)
print({"sympy", "mpmath", "flint", "click", "importlib.metadata", "platformdirs"} & {*sys.modules})
"""
    with python(code) as process:
        assert process.communicate() == ("open\nset()\n", "")
