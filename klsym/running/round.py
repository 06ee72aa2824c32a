"""Round: documents decided by several workers at once, each with a thread here.

The thread finds its worker something to do: the next step of the document it was at, else a new
document, else a share of the questions of another's.  What is kept is not asked again.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from klsym.documents.bundle import Bundle, bundled
from klsym.documents.claims import Document
from klsym.running.crew import Crew, Refused, Worker
from klsym.running.job import Job, Step, Work
from klsym.running.kept import Kept
from klsym.running.messages import FAULT, UNREADABLE, Lost, Request, Response

if TYPE_CHECKING:
    from klsym.errors import KlsymError

READING_LIMIT = 60.0
"""Seconds a worker may take to read a document, if the limit of a question is not more."""
ENOUGH = 8
"""For so many questions it pays to start another worker."""


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


class Round:
    """One run: what waits, what is being done, what is found."""

    def __init__(
        self, crew: Crew, kept: Kept, state: State, found: Sequence[tuple[str, KlsymError | None]]
    ) -> None:
        self._crew, self._kept, self._state = crew, kept, state
        self._changed = threading.Condition()
        self._new = deque(enumerate(found))
        self._jobs: dict[int, Job] = {}
        self._found: dict[int, tuple[Document, ...]] = {}
        self._starting = 0
        self._served = crew.places
        self._failure: BaseException | None = None

    def documents(self) -> list[tuple[Document, ...]]:
        """What is found of each document, in their order, when all are decided."""
        places = range(self._crew.places)
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
        self._crew.end()

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
                    worker = self._crew.worker(place)
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
                work = None if last is None else last.take(self._crew.places)
                if work is None and self._new:
                    number, (path, error) = self._new.popleft()
                    job = self._jobs[number] = Job(number, Bundle(path, {}), error)
                    work = job.take(self._crew.places)
                work = work or self._share(place)
                if work is not None:
                    return work
                if not self._jobs:
                    return None
                self._changed.wait()
        return None

    def _share(self, place: int) -> Work | None:
        """A share of another worker's document, if that is worth it."""
        able = self._crew.is_ready(place) or not self._crew.is_hired
        for job in self._jobs.values():
            if able:
                work = job.take(self._crew.places)
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
        setting, limits = self._kept.setting.to_data(), self._kept.limits
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
