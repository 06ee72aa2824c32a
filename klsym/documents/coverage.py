"""Coverage: how much of a run's documents was read and decided, and why the rest was not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from klsym.verdict import Verdict

if TYPE_CHECKING:
    from klsym.documents.claims import Claim, Document

SHOWN = 3
"""How many places are named for each cause."""
DECIDED = (Verdict.PROVED, Verdict.REFUTED)


@dataclass(frozen=True)
class Cause:
    """Why some claims were not read, or not decided; ``places`` are the first of them."""

    verdict: str
    cause: str
    count: int
    places: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The cause as an object of the JSON."""
        return {
            "verdict": self.verdict,
            "cause": self.cause,
            "count": self.count,
            "places": list(self.places),
        }


@dataclass(frozen=True)
class Coverage:
    """How many claims there are, were read and decided; what is no claim, by its class."""

    claims: int
    read: int
    decided: int
    classed: Mapping[str, int]
    causes: tuple[Cause, ...]

    def to_dict(self) -> dict[str, Any]:
        """The coverage as an object of the JSON."""
        return {
            "claims": self.claims,
            "read": self.read,
            "decided": self.decided,
            "classed": dict(self.classed),
            "causes": [cause.to_dict() for cause in self.causes],
        }


def coverage_of(documents: Iterable[Document]) -> Coverage:
    """The coverage of some documents, its causes by how often they occur."""
    claims = read = decided = 0
    classed: dict[str, int] = defaultdict(int)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for document in documents:
        for other in document.other:
            classed[other.kind] += 1
        for claim in document.claims:
            claims += 1
            read += claim.verdict is not Verdict.UNREAD
            decided += claim.verdict in DECIDED
            if claim.verdict not in DECIDED:
                place = f"{document.path}:{claim.place.line}:{claim.place.column}"
                found[str(claim.verdict), _cause(claim)].append(place)
    causes = [
        Cause(verdict, cause, len(places), tuple(places[:SHOWN]))
        for (verdict, cause), places in found.items()
    ]
    most = sorted(causes, key=lambda cause: -cause.count)
    by_class = dict(sorted(classed.items(), key=lambda pair: -pair[1]))
    return Coverage(claims, read, decided, by_class, tuple(most))


def _cause(claim: Claim) -> str:
    """The reason in words that do not depend on the claim, where it can be told apart."""
    error = claim.finding.error
    if error is not None:
        name, message, _ = error
        return f"{name}: {message}"
    return claim.finding.message or "no reason was found"
