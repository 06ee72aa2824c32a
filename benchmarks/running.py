"""Whole runs of ``klsym run`` over made documents, cold and warm: rows of benchmarks/run.py.

Each run is a process of its own with a store of its own, which is empty before a cold run.  The
time is the wall's, from the start of the command to its end; processor time is that of the command
with all its workers.  Memory is what each process of a run holds at the most, looked at every
twentieth of a second.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus

STATEMENTS_A_SECOND = 40
"""What is aimed at, cold, with two workers."""
WARM_A_SECOND = 5000
PAPERS = 120
COLD_PAPERS, WARM_PAPERS = 90.0, 2.0
"""Seconds for so many papers, with 1,000 equations."""
FINAL = ("proved", "refuted")

Row = tuple[str, float, float, str, str]
"""What was measured, klsym's figure, the peer's, the peer, and the unit of both."""


@dataclass
class Measured:
    """A run: its seconds on the wall and of processors, and megabytes at most by process."""

    wall: float = 0.0
    processors: float = 0.0
    memory: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    parent: int = 0

    @property
    def of_parent(self) -> float:
        """The megabytes of the command's own process."""
        return self.memory[self.parent]

    @property
    def of_worker(self) -> float:
        """The megabytes of the largest worker; 0 if there was none, as in a warm run."""
        return max((size for pid, size in self.memory.items() if pid != self.parent), default=0.0)


def run(folder: Path, store: Path, jobs: int) -> Measured:
    """Run klsym over a folder.  Raises RuntimeError if it finds what is not so, or fails."""
    command = [sys.executable, "-m", "klsym", "run", str(folder), "-j", str(jobs)]
    command += ["--format", "jsonl", "--force"]
    environment = os.environ | {"KLSYM_CACHE_DIR": str(store)}
    found = Measured()
    before, begin = os.times(), time.perf_counter()
    answer = store.with_suffix(".jsonl")
    process = subprocess.Popen([*command, "-o", str(answer)], env=environment)
    found.parent = process.pid
    while process.poll() is None:
        for pid in _tree(process.pid):
            found.memory[pid] = max(found.memory[pid], _megabytes(pid))
        time.sleep(0.05)
    found.wall = time.perf_counter() - begin
    after = os.times()
    found.processors = sum(after[2:4]) - sum(before[2:4])
    if process.returncode not in (0, 1, 3):
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    for line in answer.read_text(encoding="utf-8").splitlines():
        for claim in json.loads(line).get("claims", ()):
            # A slip may be what another parameterisation makes true, and the notes say which.
            meant = claim["verdict"] == claim["expected"] or claim["notes"]
            if claim["verdict"] in FINAL and not meant:
                raise RuntimeError(f"{claim['verdict']}, and it is not: {claim['source']}")
    return found


def _tree(pid: int) -> Iterator[int]:
    """A process and those it has started."""
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _tree(int(child))


def _megabytes(pid: int) -> float:
    """What a process holds in memory; 0 when it has ended."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0.0
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def rows(statements: int, many: int, papers: int) -> Iterator[Row]:
    """Runs over so many statements, over many for their memory, and over so many papers."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        corpus.write(folder / "some", corpus.statements(statements))
        corpus.write(folder / "many", corpus.statements(many))
        corpus.write(folder / "papers", corpus.papers(papers))
        yield from _of_statements(folder, statements, many)
        yield from _of_papers(folder, papers)


def _of_statements(folder: Path, count: int, many: int) -> Iterator[Row]:
    some, store = folder / "some", folder / "kept"
    alone = run(some, folder / "kept-by-one", 1)
    cold, warm = run(some, store, 2), run(some, store, 2)
    share, peer = 1e3 / STATEMENTS_A_SECOND, f"{STATEMENTS_A_SECOND} a second"
    yield f"each of {count:,} statements, -j 2", 1e3 * cold.wall / count, share, peer, "ms"
    yield "  its processor time", 1e3 * cold.processors / count, 2 * share, "two cores' share", "ms"
    yield "  the run with one worker, -j 1", alone.wall, cold.wall, "with two, -j 2", "s"
    share, peer = 1e3 / WARM_A_SECOND, f"{WARM_A_SECOND:,} a second"
    yield "  each, answered before", 1e3 * warm.wall / count, share, peer, "ms"
    lots, store = folder / "many", folder / "many-kept"
    long, again = run(lots, store, 2), run(lots, store, 2)
    yield f"each of {many:,}, answered before", 1e3 * again.wall / many, share, peer, "ms"
    size = sum(path.stat().st_size for path in store.iterdir())
    yield "  its bytes in the store", size / many, 1000.0, "1 kB", "B"
    peer = f"of {count:,}"
    yield f"largest worker, {many:,} statements", long.of_worker, cold.of_worker, peer, "MB"
    yield "  the command itself", long.of_parent, cold.of_parent, peer, "MB"


def _of_papers(folder: Path, count: int) -> Iterator[Row]:
    written, store = folder / "papers", folder / "papers-kept"
    cold, warm = run(written, store, 2), run(written, store, 2)
    share = count / PAPERS
    peer = f"{COLD_PAPERS:g} s for {PAPERS}"
    yield f"{count} papers, -j 2", cold.wall, COLD_PAPERS * share, peer, "s"
    yield "  their processor time", cold.processors, 2 * COLD_PAPERS * share, "of two cores", "s"
    peer = f"{WARM_PAPERS:g} s for {PAPERS}"
    yield "  decided before", warm.wall, WARM_PAPERS * share, peer, "s"
