"""Outcome: what deciding a link came to, with the expressions it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from klsym.documents.comparison import close
from klsym.documents.finding import Finding
from klsym.documents.setting import Wanted
from klsym.domain import Context
from klsym.errors import KlsymError
from klsym.verdict import Counterexample, Decision, Diagnosis, Verdict
from klsym.writing import jsonform
from klsym.writing.backing import claim_of


@dataclass(frozen=True)
class Outcome:
    """The verdict on a link with its evidence; ``error`` where a side could not be read.

    ``conditions`` are those under which it was derived, ``spelt`` the readings of spellings that it
    rests on (see `Finding`), ``derived`` is a divergence in it with its context.
    """

    verdict: Verdict
    message: str = ""
    counterexample: Counterexample | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: KlsymError | None = None
    conditions: tuple[Any, ...] = ()
    spelt: Mapping[str, int] = field(default_factory=dict)
    decision: Decision | None = None
    derived: tuple[Any, Context] | None = None

    def finding(self, wanted: Wanted, suggestions: tuple[str, ...] = ()) -> Finding:
        """The outcome as data, with what is wanted besides the verdict."""
        error = self.error
        found = None if error is None else (error.name, error.message, error.help)
        return Finding(
            self.verdict,
            self.message,
            jsonform.counterexample(self.counterexample),
            tuple(jsonform.diagnosis(slip) for slip in self.diagnoses),
            self.assumptions,
            self.notes,
            found,
            dict(self.spelt),
            suggestions,
            self._evidence() if wanted.evidence else None,
            self._steps() if wanted.steps else None,
        )

    def _evidence(self) -> dict[str, Any]:
        return claim_of({}, self.verdict, self.decision, self.message or None)

    def _steps(self) -> tuple[dict[str, Any], ...]:
        """How the closed form of a divergence in the link is found, if it has one."""
        derivation = None if self.derived is None else close(*self.derived).derivation
        return () if derivation is None else tuple(jsonform.steps(derivation))
