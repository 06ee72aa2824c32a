"""What a document holds: its claims with their verdicts at their places, and the rest by class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from klsym.documents.finding import Finding
from klsym.documents.source import Place
from klsym.errors import KlsymError
from klsym.verdict import Verdict

LOST, INTERNAL = "lost", "internal"
"""The names of the errors of a document whose reading had to be ended, or in which klsym failed."""

SHOWN = ("verdict", "message", "counterexample", "diagnoses", "assumptions", "notes")
MORE = ("error", "evidence", "steps", "unexplained", "fault")
"""What of a finding the JSON of a claim shows, and what is only kept with it."""


@dataclass(frozen=True)
class Claim:
    """One link of a chain with its verdict, at its place.

    ``left`` and ``right`` are as printed, with ``relation`` between them; ``expected`` is the
    verdict that was to be found, and ``source`` the line of the file on which the right side
    begins.
    """

    place: Place
    left: str
    right: str
    finding: Finding
    expected: Verdict = Verdict.PROVED
    source: str = ""
    relation: str = "="

    @property
    def verdict(self) -> Verdict:
        """What was found."""
        return self.finding.verdict

    @property
    def against(self) -> bool:
        """Whether it is proved or refuted, and something else was expected."""
        decided = self.verdict in (Verdict.PROVED, Verdict.REFUTED)
        return decided and self.verdict is not self.expected

    @property
    def open(self) -> bool:
        """Whether it is neither proved nor refuted, and that was not expected."""
        decided = self.verdict in (Verdict.PROVED, Verdict.REFUTED)
        return not decided and self.verdict is not self.expected

    def to_dict(self) -> dict[str, Any]:
        """The claim as an object of the JSON."""
        finding = self.finding
        return {
            "line": self.place.line,
            "column": self.place.column,
            "end_line": self.place.end_line,
            "end_column": self.place.end_column,
            "left": self.left,
            "right": self.right,
            "relation": self.relation,
            "verdict": str(self.verdict),
            "expected": str(self.expected),
            "counterexample": finding.counterexample,
            "diagnoses": list(finding.diagnoses),
            "assumptions": list(finding.assumptions),
            "message": finding.message,
            "notes": list(finding.notes),
            "source": self.source,
        }

    @property
    def evidence(self) -> dict[str, Any]:
        """What backs the verdict; of what was not decided, the verdict and the reason."""
        finding = self.finding
        none = {"verdict": str(self.verdict), "reason": finding.message or None}
        return dict(finding.evidence or {**none, "conditions": [], "question": None})

    def to_data(self) -> dict[str, Any]:
        """All of the claim: the object of the JSON with what that does not show."""
        more = self.finding.to_data()
        return {**self.to_dict(), **{name: more[name] for name in MORE if name in more}}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Claim:
        """The claim that an object of the JSON is about, with or without the rest."""
        place = Place(*(data[name] for name in ("line", "column", "end_line", "end_column")))
        finding = Finding.from_data({name: data[name] for name in SHOWN + MORE if name in data})
        own = (Verdict(data["expected"]), data["source"], data["relation"])
        return cls(place, data["left"], data["right"], finding, *own)


@dataclass(frozen=True)
class Error:
    """One error of a document: where it enters, and the claims it refutes, by their positions.

    ``message`` says how it was found out which row is wrong, if several claims are refuted.
    """

    place: Place
    claims: tuple[int, ...]
    message: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The error as an object of the JSON."""
        return {
            "line": self.place.line,
            "column": self.place.column,
            "claims": list(self.claims),
            "message": self.message,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Error:
        """The error that an object of the JSON is about."""
        line, column = data["line"], data["column"]
        return cls(Place(line, column, line, column), tuple(data["claims"]), data["message"])


@dataclass(frozen=True)
class Other:
    """What is no claim: its class, and what is worth saying of it."""

    line: int
    kind: str
    text: str
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The passage as an object of the JSON."""
        return {
            "line": self.line,
            "class": self.kind,
            "text": self.text,
            "notes": list(self.notes),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Other:
        """The passage that JSON data hold."""
        return cls(data["line"], data["class"], data["text"], tuple(data["notes"]))


@dataclass(frozen=True)
class Document:
    """A document with its claims; ``errors`` are what in it could not be understood.

    ``findings`` are the errors behind its refuted claims, each once.
    """

    path: str
    claims: tuple[Claim, ...] = ()
    other: tuple[Other, ...] = ()
    errors: tuple[KlsymError, ...] = ()
    suggestions: tuple[str, ...] = ()
    findings: tuple[Error, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each verdict."""
        return counts_of(self.claims)

    def to_dict(self) -> dict[str, Any]:
        """The document as an object of the JSON."""
        return {
            "path": self.path,
            "claims": [claim.to_dict() for claim in self.claims],
            "other": [other.to_dict() for other in self.other],
            "findings": [found.to_dict() for found in self.findings],
            "counts": self.counts,
            "errors": [error.to_dict()["error"] for error in self.errors],
            "suggestions": list(self.suggestions),
        }

    @property
    def lost(self) -> bool:
        """Whether klsym failed to read it, or to decide a claim in it."""
        return any(error.name in (LOST, INTERNAL) for error in self.errors) or any(
            claim.finding.fault for claim in self.claims
        )

    def to_data(self) -> dict[str, Any]:
        """All of the document: the object of the JSON with what that does not show."""
        claims = [claim.to_data() for claim in self.claims]
        errors = [error.to_data() for error in self.errors]
        return {**self.to_dict(), "claims": claims, "errors": errors}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Document:
        """The document that an object of the JSON is about, with or without the rest.

        Raises KeyError, TypeError or ValueError if it is not of that form.
        """
        path = data["path"]
        return cls(
            path,
            tuple(map(Claim.from_data, data["claims"])),
            tuple(map(Other.from_data, data["other"])),
            tuple(KlsymError.from_data({"place": path, **error}) for error in data["errors"]),
            tuple(data["suggestions"]),
            tuple(map(Error.from_data, data["findings"])),
        )


def counts_of(claims: Iterable[Claim]) -> dict[str, int]:
    """How many claims have each verdict."""
    found = Counter(str(claim.verdict) for claim in claims)
    return {str(verdict): found[str(verdict)] for verdict in Verdict if found[str(verdict)]}
