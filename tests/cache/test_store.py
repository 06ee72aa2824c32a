from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from collections.abc import Callable
from hashlib import sha512
from pathlib import Path
from typing import Any

import pytest

from klsym.cache import table
from klsym.cache.store import Store
from klsym.cache.table import Limits

LIMITS = Limits(20.0, 2048)
VALUE: dict[str, Any] = {"output": "proved \N{IDENTICAL TO}", "exit_code": 0}


def get(store: Store, key: str, limits: Limits = LIMITS) -> Any:
    return store.get_many([key], limits).get(key)


def test_what_is_put_is_given_back_by_another_store(open_store: Callable[[], Store]) -> None:
    with open_store() as first:
        first.put("check:a", VALUE, None)
    assert open_store().get_many(["check:a", "check:b"], LIMITS) == {"check:a": VALUE}


def test_an_answer_is_there_for_others_at_once(open_store: Callable[[], Store]) -> None:
    first, second = open_store(), open_store()
    first.put("a", VALUE, None)
    assert get(second, "a") == VALUE


def test_many_answers_are_asked_for_at_once(store: Store) -> None:
    values = {f"run:{number}": {"number": number} for number in range(2000)}
    store.put_many([(key, value, None) for key, value in values.items()])
    assert store.get_many([*values, "run:none"], LIMITS) == values


@pytest.mark.parametrize(
    ("limits", "kept"),
    [
        (Limits(20, 2048), True),
        (Limits(10, 1024), True),
        (Limits(20.5, 2048), False),
        (Limits(20, 2049), False),
    ],
)
def test_an_open_answer_is_given_unless_a_limit_is_larger(
    store: Store, limits: Limits, kept: bool
) -> None:
    store.put("a", VALUE, Limits(20, 2048))
    assert get(store, "a", limits) == (VALUE if kept else None)


def test_a_final_answer_is_given_within_any_limits(store: Store) -> None:
    store.put("a", VALUE, None)
    assert get(store, "a", Limits(1e6, 1 << 40)) == VALUE


def test_an_open_answer_replaces_neither_a_final_one_nor_one_sought_for_longer(
    store: Store,
) -> None:
    store.put("final", VALUE, None)
    store.put("final", {"output": "open"}, LIMITS)
    store.put("longer", VALUE, LIMITS)
    store.put("longer", {"output": "shorter"}, Limits(1, 1))
    found = store.get_many(["final", "longer"], LIMITS)
    assert found == {"final": VALUE, "longer": VALUE}


def test_a_final_answer_replaces_an_open_one(store: Store) -> None:
    store.put("a", {"output": "open"}, LIMITS)
    store.put("a", VALUE, None)
    assert get(store, "a", Limits(100, 1)) == VALUE


def test_an_answer_of_another_engine_is_not_given(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put("a", VALUE, None)
    monkeypatch.setattr(table, "engine", lambda: "another")
    assert get(store, "a") is None
    store.put("a", {"output": "another"}, None)
    monkeypatch.undo()
    assert get(store, "a") == VALUE


@pytest.mark.parametrize(
    "data",
    [
        b"no zlib",
        zlib.compress(b"no JSON"),
        zlib.compress(b'["proved"]'),
        zlib.compress(b"[" * 100_000),
        zlib.compress(b'{"output": "proved"}'),
        zlib.compress(b"\xff"),
        zlib.compress(b" " * table.LARGEST_VALUE + b"{}"),
        "text",
        17,
    ],
    ids=range(9),
)
def test_a_value_that_was_changed_is_not_given(store: Store, path: Path, data: object) -> None:
    store.put("a", VALUE, None)
    with sqlite3.connect(path) as file:
        file.execute("UPDATE verdicts SET value = ?", (data,))
    file.close()
    assert get(store, "a") is None


def test_a_value_that_is_cut_short_is_not_given(store: Store, path: Path) -> None:
    store.put("a", VALUE, None)
    with sqlite3.connect(path) as file:
        file.execute("UPDATE verdicts SET value = substr(value, 1, length(value) - 1)")
    file.close()
    assert get(store, "a") is None


def test_a_value_is_not_given_under_another_key(store: Store, path: Path) -> None:
    store.put("a", VALUE, None)
    with sqlite3.connect(path) as file:
        file.execute("UPDATE verdicts SET key = 'b'")
    file.close()
    assert get(store, "b") is None


def test_a_clock_that_is_set_back_changes_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put("a", VALUE, LIMITS)
    for clock in ("time", "monotonic"):
        monkeypatch.setattr(time, clock, lambda: -1e9)
    store.put("b", VALUE, None)
    assert store.get_many(["a", "b"], LIMITS) == {"a": VALUE, "b": VALUE}


def test_threads_share_a_store(store: Store, warnings: list[str]) -> None:
    def fill(name: str) -> None:
        for number in range(50):
            store.put(f"{name}:{number}", {"by": name}, None)

    threads = [threading.Thread(target=fill, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.info().kinds == dict.fromkeys("abcd", 50)
    assert warnings == []


def test_a_file_that_grows_too_large_is_halved_and_keeps_what_was_used_last(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "ROUND", 10)
    monkeypatch.setattr(table, "STALE", 5)
    monkeypatch.setattr(table, "LARGEST_FILE", 1 << 20)
    text = "".join(str(number**9) for number in range(4000))
    store.put("first", {"text": text}, None)
    for number in range(60):
        store.put(f"next:{number}", {"text": text[number:]}, None)
        assert get(store, "first") is not None
    store.close()
    assert path.stat().st_size < 1 << 21


def test_what_another_engine_gave_goes_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    value = {"bytes": sha512(b"").hexdigest() + sha512(b"1").hexdigest()}
    store.put("mine:1", value, None)
    with monkeypatch.context() as patch:
        patch.setattr(table, "engine", lambda: "another")
        store.put_many([(f"new:{number}", value, None) for number in range(5)])
    monkeypatch.setattr(table, "ROUND", 1)
    monkeypatch.setattr(table, "LARGEST_FILE", 5 * 256)
    store.put("mine:2", value, None)
    assert store.info().kinds == {"mine": 2}
    assert store.info().current == 2


def test_what_is_kept_is_counted_by_kind(store: Store, path: Path) -> None:
    store.put_many([(key, VALUE, None) for key in ("check:a", "check:b", "run:a", "other")])
    info = store.info()
    assert (info.path, info.entries, info.current) == (path, 4, 4)
    assert info.kinds == {"check": 2, "run": 1, "": 1}
    assert info.bytes >= path.stat().st_size


def test_clearing_forgets_everything_and_gives_the_space_back(store: Store, path: Path) -> None:
    store.put_many([(str(number), {"text": str(3**number)}, None) for number in range(500)])
    path.with_name("verdicts.sqlite3.damaged-1").write_bytes(b"garbage")
    assert store.clear().entries == 500
    assert get(store, "1") is None
    assert store.info().bytes < 100_000
    assert not path.with_name("verdicts.sqlite3.damaged-1").exists()


def test_a_closed_store_keeps_nothing(store: Store, warnings: list[str]) -> None:
    store.close()
    store.put("a", VALUE, None)
    assert get(store, "a") is None
    assert warnings == []
