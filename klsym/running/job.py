"""Job: one document on its way from its files to its verdicts, in steps that any worker may take.

It is read once; its questions are answered in shares, several at a time; then it is gathered.
What a worker loses with its life is the question it was at: that one is undecided, the others of
its share are asked again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from klsym.documents.bundle import Bundle
from klsym.documents.claims import INTERNAL, LOST, Document
from klsym.documents.finding import Finding
from klsym.errors import KlsymError
from klsym.running.messages import Lost
from klsym.verdict import Verdict

LARGEST_SHARE = 16
"""How many questions a worker takes at once, at most."""
ATTEMPTS = 3
"""How often a step is tried that a worker dies of before it has turned to a question."""


class Step(Enum):
    """What a document waits for; to be opened it needs no worker."""

    OPEN = auto()
    READ = auto()
    DECIDE = auto()
    GATHER = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Work:
    """One step of a job, or a share of one; ``keys`` are the questions of the share."""

    job: Job
    step: Step
    keys: tuple[str, ...] = ()


@dataclass
class Job:
    """A document with the answers so far; not for several threads at once."""

    number: int
    bundle: Bundle
    error: KlsymError | None = None
    """Why the path stands for no document."""
    step: Step = Step.OPEN
    keys: frozenset[str] = frozenset()
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    whole: bool = True
    """Whether nothing was lost but what another try would lose too."""
    _open: deque[str] = field(default_factory=deque)
    _shares: int = 0
    _failed: int = 0

    @property
    def waiting(self) -> int:
        """How many questions nobody is at."""
        return len(self._open)

    def take(self, workers: int) -> Work | None:
        """What a worker may do now, None if nothing; ``workers`` is how many there are."""
        if self._shares and self.step is not Step.DECIDE:
            return None
        if self.step is Step.DECIDE:
            if not self._open:
                return None
            size = max(1, min(LARGEST_SHARE, len(self._open) // (2 * workers)))
            keys = tuple(self._open.popleft() for _ in range(size))
        elif self.step is Step.NOTHING:
            return None
        else:
            keys = ()
        self._shares += 1
        return Work(self, self.step, keys)

    def opened(self, bundle: Bundle) -> None:
        """Its files have been read."""
        self.bundle, self.step = bundle, Step.READ

    def asked(self, keys: list[str], known: Mapping[str, dict[str, Any]]) -> None:
        """What is asked in the document is known, and some of the answers."""
        self.keys = frozenset(keys)
        self.answers |= known
        self._open.extend(key for key in keys if key not in known)
        self.step = Step.DECIDE

    def finish(self, documents: tuple[Document, ...]) -> None:
        """The verdicts are there, or why there are none."""
        self.documents, self.step = documents, Step.NOTHING
        self._open.clear()

    def leave(self, work: Work) -> None:
        """A worker has done its work, or as much as it could; the rest is asked again."""
        self._shares -= 1
        if self.step is not Step.DECIDE:
            return
        self._open.extendleft(key for key in reversed(work.keys) if key not in self.answers)
        if not self._open and not self._shares:
            self.step = Step.GATHER

    def lose(self, work: Work, lost: Lost) -> list[str]:
        """A worker died; the keys of the questions that it costs."""
        if lost.turning is not None:
            costs = [lost.turning]
        else:
            self._failed += 1
            if self._failed < ATTEMPTS and not (lost.limit or lost.fault):
                return []
            costs = [key for key in work.keys if key not in self.answers]
        for key in costs:
            self.answers[key] = Finding(Verdict.UNDECIDED, lost.reason, fault=lost.fault).to_data()
        if not costs and work.step is not Step.DECIDE:
            name = INTERNAL if lost.fault else LOST
            advice = "the other documents are decided"
            message = f"not read: {lost.reason}"
            error = KlsymError(name, message, place=self.bundle.path, help=advice)
            self.finish((Document(self.bundle.path, errors=(error,)),))
        self.whole = self.whole and lost.limit
        return costs
