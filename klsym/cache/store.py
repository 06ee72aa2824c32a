"""Answers that were given before, in one SQLite file that any number of processes share.

Nothing that happens to the file costs more than what it holds: whatever goes wrong is told once,
the store is set aside and keeps nothing from then on.  What is read back is what was put, under
the same key by the same engine, or nothing.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from klsym.cache import table
from klsym.cache.table import Limits

__all__ = ["Info", "Limits", "Store", "folder"]

FOLDER = "KLSYM_CACHE_DIR"
"""The environment variable that names the folder of the cache."""

NAME = "verdicts.sqlite3"
COMPANIONS = ("", "-wal", "-shm")
"""What SQLite keeps beside a file, by what it appends to its name."""

PATIENCE = 2.0
"""Seconds to wait for another process that holds the file."""

AT_ONCE = 500
"""How many keys are asked for in one query."""

DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")

T = TypeVar("T")


class Info(NamedTuple):
    """What a store holds: answers by kind, of all engines and of this one, and bytes on disk."""

    path: Path
    entries: int
    current: int
    kinds: Mapping[str, int]
    bytes: int


def folder() -> Path:
    """The folder of the cache: the platform's for klsym, or the one the environment names."""
    named = os.environ.get(FOLDER)
    if named:
        return Path(named)
    from platformdirs import user_cache_dir

    try:
        return Path(user_cache_dir("klsym", appauthor=False))
    except RuntimeError:  # so newer versions say that there is no home folder; others leave a ~
        return Path("~", "klsym")


class Store:
    """The kept answers of this engine.

    A key is text that says all that shapes its answer; what precedes its colon, if it has one, is
    its kind.  A value is a JSON object.  Any number of threads may use one store.
    """

    def __init__(self, path: Path, warn: Callable[[str], None]) -> None:
        self.path = path
        self._warn = warn
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None

    @classmethod
    def open(cls, warn: Callable[[str], None]) -> Store:
        """The store of this user; one that keeps nothing, after a warning, if it cannot be had."""
        store = cls(folder() / NAME, warn)
        try:
            if store.path.parts[0] == "~":
                raise FileNotFoundError("there is no home folder")
            store.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            store._abandon(error)
            return store
        with store._lock:
            store._connect(again=True)
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def keeps(self) -> bool:
        """Whether anything is kept: it is not after a fault, or when the store was closed."""
        return self._connection is not None

    def get_many(self, keys: Sequence[str], limits: Limits) -> dict[str, Any]:
        """The values that are kept under these keys.

        An answer that was left open is not given if these limits are larger than those it had.
        """
        found: dict[str, Any] = {}
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            found |= self._attempt(partial(table.get, keys=some, limits=limits)) or {}
        return found

    def put(self, key: str, value: Mapping[str, Any], open_within: Limits | None) -> None:
        """Keep a value; ``open_within`` are the limits within which it was left open, if it was."""
        self.put_many([(key, value, open_within)])

    def put_many(self, entries: Sequence[tuple[str, Mapping[str, Any], Limits | None]]) -> None:
        """Keep several values, all or none of them."""
        self._attempt(partial(table.put, rows=[table.row(*entry) for entry in entries]))

    def info(self) -> Info:
        """What is kept, by whatever engine."""
        kinds, current = self._attempt(table.count) or ({}, 0)
        size = sum(_size(self.path.with_name(NAME + end)) for end in COMPANIONS)
        return Info(self.path, sum(kinds.values()), current, kinds, size)

    def clear(self) -> Info:
        """Forget everything, also files that were set aside; returns what was kept."""
        before = self.info()
        self._attempt(table.clear)
        with suppress(OSError):
            for path in list(self.path.parent.glob(f"{NAME}.damaged-*")):
                path.unlink()
        return before

    def close(self) -> None:
        """Let go of the file; the store keeps nothing from then on."""
        with self._lock:
            self._let_go()

    def _attempt(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        with self._lock:
            if self._connection is None:
                return None
            try:
                return work(self._connection)
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)
                return None

    def _connect(self, *, again: bool) -> None:
        """Open the file, or a new one in place of a damaged one."""
        try:
            self._connection = sqlite3.connect(
                self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
            # What may be renamed later is this very file, not one that took its place.
            state = self.path.stat()
            self._identity = state.st_dev, state.st_ino
            table.prepare(self._connection)
        except (sqlite3.Error, OSError) as error:
            if self._give_up(error) and again:
                self._connect(again=False)

    def _give_up(self, error: Exception) -> bool:
        """Let go of the file with a warning; whether it was damaged, and is out of the way now."""
        self._let_go()
        if getattr(error, "sqlite_errorname", "").startswith(DAMAGED):
            try:
                aside = self._rename()
            except OSError as reason:
                error = reason
            else:
                if aside:
                    self._warn(
                        f"warning: the cache {self.path} is damaged ({error}); it is set aside as "
                        f"{aside.name}"
                    )
                return True
        self._abandon(error)
        return False

    def _abandon(self, error: Exception) -> None:
        reason = getattr(error, "strerror", None) or error
        self._warn(f"warning: the cache {self.path} is not used: {reason}")

    def _rename(self) -> Path | None:
        """Move the damaged file aside, with what belongs to it, unless another process has."""
        state = self.path.stat()
        if (state.st_dev, state.st_ino) != self._identity:
            return None
        aside = next(path for path in self._asides() if not path.exists())
        for end in COMPANIONS:
            with suppress(FileNotFoundError):
                self.path.with_name(NAME + end).replace(aside.with_name(aside.name + end))
        return aside

    def _asides(self) -> Iterator[Path]:
        number = 0
        while True:
            number += 1
            yield self.path.with_name(f"{NAME}.damaged-{number}")

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
