"""Finding: the verdict on a link as data, that can be kept, sent to another process and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from klsym.documents.setting import Wanted
from klsym.verdict import Verdict


@dataclass(frozen=True)
class Finding:
    """The verdict on a link, with what is said of it; nothing in it knows where the link stands.

    ``counterexample``, ``diagnoses``, ``evidence`` and ``steps`` are as in the JSON; the last two
    are None where they were not asked for.  ``error`` is the name, the message and the help of why
    a side could not be read, ``spelt`` holds the readings of spellings that the verdict rests on:
    those in which alone a proved link holds, and those in which a refuted one was explained.
    ``suggestions`` would declare what it lacks.  ``unexplained`` says that no slip was looked for,
    ``fault`` that klsym itself failed.
    """

    verdict: Verdict
    message: str = ""
    counterexample: Mapping[str, Any] | None = None
    diagnoses: tuple[Mapping[str, Any], ...] = ()
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: tuple[str, str, str] | None = None
    spelt: Mapping[str, int] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    evidence: Mapping[str, Any] | None = None
    steps: tuple[Mapping[str, Any], ...] | None = None
    unexplained: bool = False
    fault: bool = False

    @property
    def final(self) -> bool:
        """Whether more time or memory would change nothing."""
        return self.verdict in (Verdict.PROVED, Verdict.REFUTED, Verdict.UNREAD)

    def has(self, wanted: Wanted) -> bool:
        """Whether all that is wanted is in it."""
        explained = not self.unexplained or not wanted.diagnoses
        evidence = self.evidence is not None or not wanted.evidence
        return explained and evidence and (self.steps is not None or not wanted.steps)

    def told(self, tell: Callable[[str], str]) -> Finding:
        """The finding with its words as they are to be told."""
        evidence = self.evidence
        if evidence is not None and evidence.get("reason"):
            evidence = {**evidence, "reason": tell(evidence["reason"])}
        notes = tuple(map(tell, self.notes))
        return replace(self, message=tell(self.message), notes=notes, evidence=evidence)

    def to_data(self) -> dict[str, Any]:
        """The finding as JSON data, without what is empty."""
        named = ((field.name, getattr(self, field.name)) for field in fields(self))
        kept = {name: value for name, value in named if value not in _EMPTY}
        return kept if self.steps is None else {**kept, "steps": self.steps}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Finding:
        """The finding that JSON data hold.  Raises ValueError or TypeError if they hold none."""
        whole: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        whole["verdict"] = Verdict(data["verdict"])
        return cls(**whole)


_EMPTY: tuple[Any, ...] = ("", (), {}, None, False)
