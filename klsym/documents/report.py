"""What ``run`` answers: each claim of each document with its verdict, and the rest by its class."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass
from typing import Any

from klsym.documents.coverage import Coverage, coverage_of
from klsym.documents.finding import Finding
from klsym.documents.source import Place
from klsym.errors import KlsymError
from klsym.verdict import Verdict
from klsym.version import SCHEMA
from klsym.writing import documents as writing
from klsym.writing import evidence, markdown
from klsym.writing.annotations import github
from klsym.writing.html import html, table
from klsym.writing.junit import junit
from klsym.writing.sarif import sarif

LOST, INTERNAL = "lost", "internal"
"""The names of the errors of a document whose reading had to be ended, or in which klsym failed."""

AS_EXPECTED, AGAINST, UNREADABLE, OPEN, FAULT = range(5)


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
        }

    @property
    def evidence(self) -> dict[str, Any]:
        """What backs the verdict; of what was not decided, the verdict and the reason."""
        finding = self.finding
        none = {"verdict": str(self.verdict), "reason": finding.message or None}
        return dict(finding.evidence or {**none, "conditions": [], "question": None})

    def to_data(self) -> dict[str, Any]:
        """All of the claim as JSON data."""
        own = {"relation": self.relation, "source": self.source, "expected": str(self.expected)}
        sides = {"left": self.left, "right": self.right}
        return {"place": astuple(self.place), **sides, **own, "finding": self.finding.to_data()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Claim:
        """The claim that JSON data hold."""
        place, finding = Place(*data["place"]), Finding.from_data(data["finding"])
        own = {"place": place, "finding": finding, "expected": Verdict(data["expected"])}
        return cls(**{**data, **own})


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
        """The error that JSON data hold."""
        return cls(Place(**data["place"]), tuple(data["claims"]), data["message"])


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
        return _counts(self.claims)

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
        """All of the document as JSON data."""
        return {
            "path": self.path,
            "claims": [claim.to_data() for claim in self.claims],
            "other": [other.to_dict() for other in self.other],
            "errors": [error.to_data() for error in self.errors],
            "suggestions": list(self.suggestions),
            "findings": [asdict(found) for found in self.findings],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Document:
        """The document that JSON data hold."""
        return cls(
            data["path"],
            tuple(map(Claim.from_data, data["claims"])),
            tuple(map(Other.from_data, data["other"])),
            tuple(map(KlsymError.from_data, data["errors"])),
            tuple(data["suggestions"]),
            tuple(map(Error.from_data, data["findings"])),
        )


@dataclass(frozen=True)
class Run:
    """All documents of a run."""

    documents: tuple[Document, ...]
    seconds: float = 0.0
    with_coverage: bool = False

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all documents."""
        return tuple(claim for document in self.documents for claim in document.claims)

    @property
    def errors(self) -> tuple[KlsymError, ...]:
        """What could not be understood in any of them."""
        return tuple(error for document in self.documents for error in document.errors)

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each verdict."""
        return _counts(self.claims)

    @property
    def exit_code(self) -> int:
        """0 all as expected, 1 against, 2 something unreadable, 3 something open, 4 a fault."""
        if any(claim.finding.fault for claim in self.claims) or any(
            error.name == INTERNAL for error in self.errors
        ):
            return FAULT
        if self.errors:
            return UNREADABLE
        if any(claim.against for claim in self.claims):
            return AGAINST
        return OPEN if any(claim.open for claim in self.claims) else AS_EXPECTED

    @property
    def evidence(self) -> dict[str, Any]:
        """What backs the verdicts, for `klsym.replay`: ``klsym explain evidence``."""
        return evidence.file_of(
            {
                **claim.evidence,
                "asked": {
                    "path": document.path,
                    "line": claim.place.line,
                    "column": claim.place.column,
                    "left": claim.left,
                    "right": claim.right,
                },
            }
            for document in self.documents
            for claim in document.claims
        )

    @property
    def messages(self) -> str:
        """The errors, one line each."""
        return "\n".join(writing.error_line(error) for error in self.errors)

    @property
    def coverage(self) -> Coverage:
        """How much was read and decided, and why the rest was not."""
        return coverage_of(self.documents)

    def to_dict(self) -> dict[str, Any]:
        """The run as the JSON object of ``klsym run``."""
        covered = {"coverage": self.coverage.to_dict()} if self.with_coverage else {}
        return {
            "schema": SCHEMA,
            "command": "run",
            "documents": [document.to_dict() for document in self.documents],
            "counts": self.counts,
            **covered,
            "seconds": round(self.seconds, 6),
        }

    @property
    def _sources(self) -> list[list[str]]:
        """The line of the file on which each claim's right side begins."""
        return [[claim.source for claim in document.claims] for document in self.documents]

    def to_text(self, *, colour: bool = False, verbose: int = 0) -> str:
        """The run for a terminal."""
        return writing.run(self.to_dict(), sources=self._sources, colour=colour, verbose=verbose)

    def to_html(self) -> str:
        """The run as a page that needs nothing else."""
        derivations = [[c.finding.steps or () for c in each.claims] for each in self.documents]
        return html(self.to_dict(), sources=self._sources, derivations=derivations)

    def to_jsonl(self) -> str:
        """A line of JSON for each document."""
        lines = self.to_dict()["documents"]
        return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)

    def to_sarif(self) -> str:
        """The run as SARIF 2.1.0."""
        return sarif(self.to_dict())

    def to_junit(self) -> str:
        """The run as JUnit XML."""
        return junit(self.to_dict())

    def to_github(self) -> str:
        """The run as annotations of a GitHub workflow."""
        return github(self.to_dict())

    def to_markdown(self) -> str:
        """The run as Markdown that GitHub renders."""
        return markdown.run(self.to_dict())

    def _repr_html_(self) -> str:
        """A table of what is not as expected, for a notebook."""
        return table(self.to_dict())

    def __str__(self) -> str:
        """How many claims have each verdict."""
        return writing.summary(self.counts)


def _counts(claims: Iterable[Claim]) -> dict[str, int]:
    found = Counter(str(claim.verdict) for claim in claims)
    return {str(verdict): found[str(verdict)] for verdict in Verdict if found[str(verdict)]}
