"""Runner: documents found, decided by several workers in a round, and gathered into a run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from klsym.cache.store import Limits, Store
from klsym.documents.files import find, whole
from klsym.documents.report import Run
from klsym.documents.setting import Setting
from klsym.running.crew import Crew, Worker
from klsym.running.kept import Kept
from klsym.running.round import Round, State
from klsym.running.shard import Shard


class Runner:
    """Decides documents with up to ``jobs`` workers, which are kept for further runs.

    ``setting`` holds in all documents, ``limits`` are those of each question; ``hire`` starts a
    worker.  Use it as a context manager: on leaving, its workers are ended.
    """

    def __init__(
        self,
        setting: Setting,
        limits: Limits,
        jobs: int,
        hire: Callable[[], Worker],
        store: Store | None = None,
    ) -> None:
        self.setting, self.limits, self.store = setting, limits, store
        self.state = State()
        self._crew = Crew(jobs, hire)

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self._crew.end()

    def run(self, paths: Iterable[str | os.PathLike[str]], shard: Shard | None = None) -> Run:
        """Decide the documents that paths stand for, or one part of them.

        Raises Refused.  Whatever ends it early, what was decided until then is in the store.
        """
        started = time.perf_counter()
        found = whole(find(paths))
        found = found if shard is None else shard.of(found)
        self.state = State(len(found), at=[""] * self._crew.places)
        kept = Kept(self.store, self.setting, self.limits)
        parts = Round(self._crew, kept, self.state, found).documents()
        documents = tuple(document for part in parts for document in part)
        run = Run(documents, time.perf_counter() - started)
        if shard is None:
            return run
        places = (shard.place(i) for i, part in enumerate(parts) for _ in part)
        return replace(run, shard=str(shard), places=tuple(places))
