"""Paper: a document that has been read, what is asked in it, and the answers so far.

Each question is about one link, or one definition, and is answered by itself; so the questions of
one document may be answered in any order, by several processes that all read it, and put together
by one.  Answers are JSON data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Protocol

from klsym.deadline import OutOfTime, limited
from klsym.documents.bindings import DENSITY, LAW, NOTHING, Binding
from klsym.documents.bundle import Bundle
from klsym.documents.chains import Aside, Link, Lost, chains
from klsym.documents.deciding import judge
from klsym.documents.definitions import remarks
from klsym.documents.draft import draft
from klsym.documents.finding import Finding
from klsym.documents.keys import Keys
from klsym.documents.learning import Classifier, lexicon_of
from klsym.documents.setting import Setting
from klsym.documents.source import Source
from klsym.meaning.declarations import declared
from klsym.verdict import Verdict

Answer = dict[str, Any]
"""Of a link the data of its finding; of a definition its ``notes`` and ``suggestions``."""

SECONDS_BETWEEN_ROWS = 4.0
"""How long a link may take that is not printed."""


class Telling(Protocol):
    """Who is told of each question as it is turned to, and of each answer as it is found."""

    def turning(self, key: str, place: str) -> None:
        """A question comes now: its key, and where it is asked."""

    def answered(self, key: str, answer: Answer) -> None:
        """The answer to a question."""


class Silent:
    """Nobody is told."""

    def turning(self, key: str, place: str) -> None:
        """Do nothing."""

    def answered(self, key: str, answer: Answer) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, under its key; ``place`` says where, ``find`` finds the answer."""

    key: str
    place: str
    find: Callable[[], Answer]


class Paper:
    """A document with its questions.

    ``answers`` holds those found so far by their keys, and may be given others' answers; what is
    not in it is found when it is needed.
    """

    def __init__(self, bundle: Bundle, setting: Setting, telling: Telling | None = None) -> None:
        """Read a document.

        Raises KlsymError if the document, or a declaration of the setting, cannot be read.
        """
        self.path, self.setting, self.telling = bundle.path, setting, telling or Silent()
        self.files = [bundle.path]
        self.answers: dict[str, Answer] = {}

        def included(name: str) -> Source:
            self.files.append(name)
            return bundle.load(name)

        shared, names = declared(setting.let, setting.assume)
        self.draft = draft(bundle.load(bundle.path), included)
        self.lexicon = lexicon_of(self.draft, shared, names, setting.strict)
        classify = Classifier(self.lexicon, self.draft).classify
        self.items = list(chains(self.draft.passages, self.lexicon.names, classify))
        self._keys = Keys(self.lexicon)
        asked = (self._asked(item) for item in self.items)
        self.questions = {question.key: question for question in asked if question is not None}

    def answer(self, question: Question) -> Answer:
        """The answer to a question, as it is kept or as it is found now."""
        answer = self.answers.get(question.key)
        if answer is None:
            self.telling.turning(question.key, question.place)
            answer = self.answers[question.key] = question.find()
            self.telling.answered(question.key, answer)
        return answer

    def finding(self, link: Link, settled: Mapping[str, int] = MappingProxyType({})) -> Finding:
        """The finding on a link, with these readings of spellings."""
        return Finding.from_data(self.answer(self._about(link, settled)))

    def between(self, link: Link, settled: Mapping[str, int]) -> Finding:
        """The finding on a link that is not printed, which must not take long."""
        limit = min(self.setting.time_limit or SECONDS_BETWEEN_ROWS, SECONDS_BETWEEN_ROWS)
        return Finding.from_data(self.answer(self._about(link, settled, limit)))

    def remarks(self, item: Aside) -> Answer:
        """What is to be said of a passage that is no claim."""
        question = self._asked(item)
        return {"notes": [], "suggestions": []} if question is None else self.answer(question)

    def _asked(self, item: Link | Lost | Aside) -> Question | None:
        """The question about a passage, if there is one."""
        if isinstance(item, Link):
            return self._about(item, {})
        if not isinstance(item, Aside) or item.binding is None:
            return None
        binding = item.binding
        if binding.kind not in (LAW, DENSITY, NOTHING):
            return None
        place = f"{item.path}:{item.place.line}:{item.place.column}"
        key = self._keys.of_definition(binding)
        return Question(key, place, lambda: self._remarked(binding))

    def _about(
        self, link: Link, settled: Mapping[str, int], limit: float | None = None
    ) -> Question:
        place = f"{link.path}:{link.right.place.line}:{link.right.place.column}"
        key = self._keys.of_link(link, settled, limit)
        return Question(key, place, lambda: self._judged(link, settled, limit))

    def _judged(self, link: Link, settled: Mapping[str, int], limit: float | None) -> Answer:
        """The finding on a link; on one with a limit of its own, which is not printed, no more."""
        self.lexicon.suggestions.clear()
        printed = limit is None
        seconds = self.setting.time_limit if printed else limit
        explain = printed and self.setting.wanted.diagnoses
        try:
            outcome = judge(link, self.lexicon, seconds, settled, explain=explain)
        except Exception as error:
            # It costs one claim, and the run says whose fault it was.
            told = " ".join(f"a fault of klsym itself: {type(error).__name__}: {error}".split())
            return Finding(Verdict.UNDECIDED, told, fault=True).to_data()
        suggestions = tuple(self.lexicon.suggestions)
        found = outcome.finding(self.setting.wanted, suggestions)
        unexplained = found.verdict is Verdict.REFUTED and not explain
        return replace(found, unexplained=unexplained).to_data()

    def _remarked(self, binding: Binding) -> Answer:
        self.lexicon.suggestions.clear()
        notes: list[str] = []
        try:
            with limited(self.setting.time_limit):
                notes += remarks(binding, self.lexicon)
        except (OutOfTime, MemoryError, RecursionError) as error:
            notes.append(f"not checked: {str(error) or type(error).__name__}")
        return {"notes": notes, "suggestions": list(self.lexicon.suggestions)}
