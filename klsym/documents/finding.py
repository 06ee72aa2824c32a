"""Finding: the verdict on a link of a document, with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from klsym.derivation import Derivation
from klsym.documents.comparison import close
from klsym.domain import Context
from klsym.errors import KlsymError
from klsym.verdict import Counterexample, Decision, Diagnosis, Verdict


@dataclass(frozen=True)
class Finding:
    """The verdict on a link with its evidence; ``error`` where a side could not be read.

    ``conditions`` are those under which it was derived, ``spelt`` the readings of spellings in
    which alone it holds, ``derived`` is a divergence in it with its context.
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

    @property
    def derivation(self) -> Derivation | None:
        """How the closed form of a divergence in the link is found, if it has one."""
        return None if self.derived is None else close(*self.derived).derivation
