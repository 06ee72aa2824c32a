"""The table of answers in a SQLite file, and what is asked of it."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from klsym.cache.engine import engine

LARGEST_FILE = 1 << 30
"""Bytes beyond which the file is halved: other engines' answers go first, then the least used."""
LARGEST_VALUE = 1 << 26
"""Bytes of one answer; no more are unpacked, whatever the file says."""
ROUND = 1000
"""So many answers are put between two looks at the file's size."""
STALE = 10 * ROUND
"""An answer is marked as used again if so many were put since; mostly, reading writes nothing."""

# ``used`` orders the answers by their last use without a clock, which may be set back.
TABLE = """
CREATE TABLE IF NOT EXISTS verdicts (
    used INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    engine TEXT NOT NULL,
    value BLOB NOT NULL,
    time_limit REAL,
    memory_limit INTEGER,
    UNIQUE (key, engine)
)
"""
NEXT = "(SELECT ifnull(max(used), 0) + 1 FROM verdicts)"
GET = """
SELECT key, value, used FROM verdicts WHERE engine = ? AND key IN ({})
AND (time_limit IS NULL OR (time_limit >= ? AND memory_limit >= ?))
"""
# An open answer replaces neither a final one nor one that was sought for longer.
PUT = f"""
INSERT INTO verdicts (used, key, engine, value, time_limit, memory_limit)
VALUES ({NEXT}, ?, ?, ?, ?, ?)
ON CONFLICT (key, engine) DO UPDATE SET
    used = excluded.used, value = excluded.value,
    time_limit = excluded.time_limit, memory_limit = excluded.memory_limit
WHERE excluded.time_limit IS NULL OR (verdicts.time_limit IS NOT NULL AND NOT (
    verdicts.time_limit >= excluded.time_limit AND verdicts.memory_limit >= excluded.memory_limit))
"""  # noqa: S608
TOUCH = f"UPDATE verdicts SET used = {NEXT} WHERE engine = ? AND key = ?"  # noqa: S608
PRUNE = """
DELETE FROM verdicts WHERE used IN (
    SELECT used FROM (
        SELECT used, sum(length(value)) OVER (ORDER BY engine = ? DESC, used DESC) AS held
        FROM verdicts
    ) WHERE held > ?
)
"""
KINDS = """
SELECT substr(key, 1, max(instr(key, ':') - 1, 0)) AS kind, count(*) FROM verdicts
GROUP BY kind ORDER BY kind
"""


class Limits(NamedTuple):
    """What an answer that was left open had: seconds, and megabytes of memory."""

    seconds: float
    megabytes: int


def prepare(file: sqlite3.Connection) -> None:
    """Make the table unless the file has it; one that has it is not written to."""
    if file.execute("PRAGMA page_count").fetchone() == (0,):
        file.execute("PRAGMA auto_vacuum = INCREMENTAL")
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("PRAGMA synchronous = NORMAL")
    file.execute(TABLE)


def row(key: str, value: Mapping[str, Any], open_within: Limits | None) -> tuple[Any, ...]:
    """What is kept of an answer, as the query that puts it takes it."""
    # The key goes into the value too: an index that was damaged may lead to another's.
    text = json.dumps([engine(), key, value], separators=(",", ":"))
    data = zlib.compress(text.encode("ascii"))
    if open_within is None:
        return key, engine(), data, None, None
    return key, engine(), data, open_within.seconds, open_within.megabytes


def get(file: sqlite3.Connection, keys: Sequence[str], limits: Limits) -> dict[str, Any]:
    """The values under these keys that are final, or were left open within no lower limits."""
    query = GET.format(", ".join("?" * len(keys)))
    rows = file.execute(query, (engine(), *keys, limits.seconds, limits.megabytes)).fetchall()
    found = {key: value for key, data, _ in rows if (value := _unpack(key, data)) is not None}
    if rows:
        newest = _newest(file)
        for key, _, used in rows:
            if used < newest - STALE:
                file.execute(TOUCH, (engine(), key))
    return found


def put(file: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Keep answers, all or none of them."""
    if len(rows) == 1:
        file.execute(PUT, rows[0])
    else:
        with file:
            file.execute("BEGIN IMMEDIATE")
            file.executemany(PUT, rows)
    if _newest(file) % ROUND < len(rows):
        _prune(file)


def count(file: sqlite3.Connection) -> tuple[dict[str, int], int]:
    """How many answers there are of each kind, and how many of all are this engine's."""
    query = "SELECT count(*) FROM verdicts WHERE engine = ?"
    return dict(file.execute(KINDS).fetchall()), file.execute(query, (engine(),)).fetchone()[0]


def clear(file: sqlite3.Connection) -> None:
    """Forget every answer."""
    file.execute("DELETE FROM verdicts")
    _shrink(file)


def _newest(file: sqlite3.Connection) -> int:
    newest: int | None = file.execute("SELECT max(used) FROM verdicts").fetchone()[0]
    return newest or 0


def _prune(file: sqlite3.Connection) -> None:
    pages: int = file.execute("PRAGMA page_count").fetchone()[0]
    size: int = file.execute("PRAGMA page_size").fetchone()[0]
    if pages * size > LARGEST_FILE:
        file.execute(PRUNE, (engine(), LARGEST_FILE // 2))
        _shrink(file)


def _shrink(file: sqlite3.Connection) -> None:
    """Give the space of what was deleted back to the file system."""
    # As a script, since ``execute`` takes but one step of it, which frees one page.
    file.executescript("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")


def _unpack(key: str, data: object) -> dict[str, Any] | None:
    """The value in a row, None unless it is whole; zlib's sum tells what was changed."""
    if not isinstance(data, bytes):
        return None
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(data, LARGEST_VALUE)
        held = json.loads(text) if unpacking.eof else None
    except (zlib.error, ValueError, RecursionError):
        return None
    match held:
        case [kept_by, kept_as, dict() as value] if (kept_by, kept_as) == (engine(), key):
            return value
    return None
