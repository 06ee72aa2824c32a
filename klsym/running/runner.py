"""Runner: documents decided by several workers, with the answers kept as they come.

Each worker has a thread here that finds it something to do: the next step of the document it was
at, else a new document, else a share of the questions of another's.  What is kept is not asked
again.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from klsym.cache.store import Limits, Store
from klsym.documents.bundle import Bundle, bundled
from klsym.documents.claims import Document
from klsym.documents.files import find, whole
from klsym.documents.report import Run
from klsym.documents.setting import Setting
from klsym.running.job import Job, Step, Work
from klsym.running.kept import Kept
from klsym.running.messages import FAULT, UNREADABLE, Lost, Request, Response, fault
from klsym.running.shard import Shard

if TYPE_CHECKING:
    from klsym.errors import KlsymError

READING_LIMIT = 60.0
"""Seconds a worker may take to read a document, if the limit of a question is not more."""
ENOUGH = 8
"""For so many questions it pays to start another worker."""


class Worker(Protocol):
    """What answers requests: a child here, or one on another machine."""

    def await_start(self) -> Response | None:
        """Wait until it can be asked; the response that says so if it cannot."""

    def hear(self, request: Request, told: Callable[[Any], None] | None = None) -> Response | Lost:
        """Work on a request, and tell of each question and answer."""

    def end(self) -> None:
        """End it, whatever it is at."""


class Refused(Exception):
    """The request cannot be understood, or no worker starts; ``response`` says why."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.errors)
        self.response = response


@dataclass
class State:
    """How far a run is, for whoever shows it.

    ``documents`` of which ``read`` have been read and ``done`` have their verdicts; ``questions``
    known so far, of which ``answered`` are, ``kept`` of these before; ``at`` is where each worker
    is, empty if it waits.
    """

    documents: int = 0
    read: int = 0
    done: int = 0
    questions: int = 0
    answered: int = 0
    kept: int = 0
    at: list[str] = field(default_factory=list)


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
        self._hire = hire
        self._workers: list[Worker | None] = [None] * jobs

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def run(self, paths: Sequence[str], shard: Shard | None = None) -> Run:
        """Decide the documents that paths stand for, or one part of them.

        Raises Refused.  Whatever ends it early, what was decided until then is in the store.
        """
        started = time.perf_counter()
        found = whole(find(paths))
        found = found if shard is None else shard.of(found)
        self.state = State(len(found), at=[""] * len(self._workers))
        parts = _Round(self, found).documents()
        documents = tuple(document for part in parts for document in part)
        run = Run(documents, time.perf_counter() - started)
        if shard is None:
            return run
        places = (shard.place(i) for i, part in enumerate(parts) for _ in part)
        return replace(run, shard=str(shard), places=tuple(places))

    def worker(self, place: int) -> Worker:
        """The worker at a place, ready to be asked.  Raises Refused if none starts."""
        try:
            worker = self._workers[place] or self._hire()
            self._workers[place] = worker
            refusal = worker.await_start()
        except OSError as error:
            refusal = fault(f"no process can be started: {error.strerror or error}")
        if refusal is not None:
            self._workers[place] = None
            raise Refused(refusal)
        return worker

    @property
    def has_workers(self) -> bool:
        """Whether any worker has been started."""
        return any(worker is not None for worker in self._workers)

    def is_ready(self, place: int) -> bool:
        """Whether a worker at a place has been started."""
        return self._workers[place] is not None

    @property
    def places(self) -> int:
        """How many workers there may be."""
        return len(self._workers)

    def end(self) -> None:
        """End all workers."""
        for worker in self._workers:
            if worker is not None:
                worker.end()


class _Round:
    """One run: what waits, what is being done, what is found."""

    def __init__(self, runner: Runner, found: Sequence[tuple[str, KlsymError | None]]) -> None:
        self._runner, self._state = runner, runner.state
        self._changed = threading.Condition()
        self._new = deque(enumerate(found))
        self._jobs: dict[int, Job] = {}
        self._found: dict[int, tuple[Document, ...]] = {}
        self._starting = 0
        self._served = runner.places
        self._failure: BaseException | None = None
        self._kept = Kept(runner.store, runner.setting, runner.limits)

    def documents(self) -> list[tuple[Document, ...]]:
        """What is found of each document, in their order, when all are decided."""
        places = range(self._runner.places)
        threads = [threading.Thread(target=self._serve, args=(i,), daemon=True) for i in places]
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                while thread.is_alive() and self._failure is None:
                    thread.join(0.1)
        except BaseException as interruption:
            self._fail(interruption)
            raise
        if self._failure is not None:
            for thread in threads:
                thread.join(1)  # of further runs it would disturb the workers
            raise self._failure
        return [self._found[number] for number in sorted(self._found)]

    def _fail(self, failure: BaseException) -> None:
        with self._changed:
            self._failure = self._failure or failure
            self._changed.notify_all()
        self._runner.end()

    def _serve(self, place: int) -> None:
        """What the thread of a worker does until nothing is left to do."""
        last: Job | None = None
        try:
            while (work := self._next(place, last)) is not None:
                last = work.job
                if work.step is Step.OPEN:
                    self._open(work)
                    continue
                try:
                    worker = self._runner.worker(place)
                except Refused as refused:
                    self._do_without(work, refused)
                    break
                self._do(worker, place, work)
                self._state.at[place] = ""
        except BaseException as failure:
            self._fail(failure)

    def _next(self, place: int, last: Job | None) -> Work | None:
        """What a worker is to do next, None if nothing is left."""
        with self._changed:
            while self._failure is None:
                work = None if last is None else last.take(self._runner.places)
                if work is None and self._new:
                    number, (path, error) = self._new.popleft()
                    job = self._jobs[number] = Job(number, Bundle(path, {}), error)
                    work = job.take(self._runner.places)
                work = work or self._share(place)
                if work is not None:
                    return work
                if not self._jobs:
                    return None
                self._changed.wait()
        return None

    def _share(self, place: int) -> Work | None:
        """A share of another worker's document, if that is worth it."""
        able = self._runner.is_ready(place) or not self._runner.has_workers
        for job in self._jobs.values():
            if able:
                work = job.take(self._runner.places)
                if work is not None:
                    return work
            elif job.waiting >= ENOUGH * (self._starting + 1):
                self._starting += 1
                return Work(job, Step.NOTHING)
        return None

    def _open(self, work: Work) -> None:
        """Read the files of a document, and its verdicts if they are kept."""
        job = work.job
        bundle = job.bundle if job.error is not None else bundled(job.bundle.path)
        error = job.error or bundle.failure
        if error is not None:
            documents: tuple[Document, ...] | None = (Document(bundle.path, errors=(error,)),)
        else:
            documents = self._kept.documents(bundle)
        with self._changed:
            job.opened(bundle)
            if documents is not None:
                if error is None:
                    claims = sum(len(document.claims) for document in documents)
                    self._count(claims, claims)
                job.finish(documents)
            self._leave(work)

    def _do_without(self, work: Work, refused: Refused) -> None:
        """No worker starts here: the others do the work, if there are any."""
        with self._changed:
            self._served -= 1
            if not self._served:
                raise refused
            self._leave(work)

    def _leave(self, work: Work) -> None:
        if work.step is Step.NOTHING:
            self._starting -= 1
        else:
            work.job.leave(work)
            if work.job.step is Step.NOTHING:
                self._finish(work.job.number, work.job.documents)
        self._changed.notify_all()

    def _count(self, questions: int, kept: int) -> None:
        self._state.read += 1
        self._state.questions += questions
        self._state.answered += kept
        self._state.kept += kept

    def _finish(self, number: int, documents: tuple[Document, ...]) -> None:
        self._found[number] = documents
        self._jobs.pop(number, None)
        self._state.done += 1
        self._state.read = max(self._state.read, self._state.done)

    def _do(self, worker: Worker, place: int, work: Work) -> None:
        """Have a worker do its work, and take in what comes of it."""
        job, lost = work.job, None
        if work.step is Step.NOTHING:
            with self._changed:
                self._leave(work)
            return
        self._state.at[place] = job.bundle.path
        said = worker.hear(self._request(work), partial(self._heard, place, job))
        value = said.value if isinstance(said, Response) else None
        if isinstance(said, Lost):
            lost = said
        elif value is None:
            if said.exit_code == UNREADABLE:
                raise Refused(said)
            lost = Lost(said.reason, 0.0, limit=not said.accident, fault=said.exit_code == FAULT)
        elif work.step is Step.DECIDE and not job.answers.keys() >= set(work.keys):
            lost = Lost("its worker told no answer", 0.0, fault=True)
        known = self._kept.answers(value["keys"]) if value and "keys" in value else {}
        with self._changed:
            if self._failure is not None:
                return
            costs = [] if lost is None else job.lose(work, lost)
            self._state.answered += len(costs)
            if value and "documents" in value:
                job.finish(tuple(map(Document.from_data, value["documents"])))
            elif value and work.step is Step.READ:
                self._count(len(value["keys"]), len(known))
                job.asked(value["keys"], known)
            documents = job.documents if job.whole and value else ()
            self._leave(work)
        if lost is not None and lost.limit:
            for key in costs:
                self._kept.keep_answer(key, job.answers[key])
        if documents:
            self._kept.keep_documents(job.bundle, documents)

    def _request(self, work: Work) -> Request:
        """What a worker is asked for a step of a job."""
        setting, limits = self._runner.setting.to_data(), self._runner.limits
        arguments: dict[str, Any] = {"bundle": work.job.bundle.to_data(), "setting": setting}
        if work.step is Step.DECIDE:
            arguments["keys"] = list(work.keys)
        elif work.step is Step.GATHER:
            arguments["answers"] = work.job.answers
        name = work.step.name.lower()
        return Request(
            name,
            arguments,
            "data",
            time_limit=limits.seconds,
            memory_limit=limits.megabytes,
            leisure=max(limits.seconds, READING_LIMIT),
        )

    def _heard(self, place: int, job: Job, line: dict[str, Any]) -> None:
        """A worker tells of a question, or of an answer."""
        if "turning" in line:
            self._state.at[place] = line["place"]
            return
        key, answer = line["answered"], line["answer"]
        if key in job.keys:  # it is no question that only came up as the answers were gathered
            with self._changed:
                job.answers[key] = answer
                self._state.answered += 1
            self._kept.keep_answer(key, answer)
