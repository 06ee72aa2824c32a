"""What ``run`` answers: all documents with their claims, in every form it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from klsym.documents.claims import INTERNAL, Claim, Document, counts_of
from klsym.documents.coverage import Coverage, coverage_of
from klsym.errors import KlsymError
from klsym.shown import json_text
from klsym.version import SCHEMA
from klsym.writing import documents as writing
from klsym.writing import evidence, markdown
from klsym.writing.annotations import github
from klsym.writing.html import html, table
from klsym.writing.junit import junit
from klsym.writing.sarif import sarif

AS_EXPECTED, AGAINST, UNREADABLE, OPEN, FAULT = range(5)


@dataclass(frozen=True)
class Run:
    """All documents of a run, or of one ``shard`` of it, such as ``3/16``.

    Of a shard, ``places`` are those of its documents among all that were listed.
    """

    documents: tuple[Document, ...]
    seconds: float = 0.0
    with_coverage: bool = False
    shard: str | None = None
    places: tuple[int, ...] = ()

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
        return counts_of(self.claims)

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

    def to_text(self, *, colour: bool = False, verbose: int = 0) -> str:
        """The run for a terminal."""
        return writing.run(self.to_dict(), colour=colour, verbose=verbose)

    def to_html(self) -> str:
        """The run as a page that needs nothing else."""
        result = self.to_dict()
        for document, shown in zip(self.documents, result["documents"], strict=True):
            for claim, about in zip(document.claims, shown["claims"], strict=True):
                about["steps"] = claim.finding.steps or ()
        return html(result)

    def to_jsonl(self) -> str:
        """A line of JSON for each document; of a shard, one more that says which."""
        lines: list[dict[str, Any]] = self.to_dict()["documents"]
        if self.shard is not None:
            lines.append({"shard": self.shard, "places": list(self.places)})
        return "\n".join(json_text(line, None) for line in lines)

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
