"""Step and Derivation: how a closed form follows from a definition, step by step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sympy import Expr
    from sympy.core.relational import Relational

    from klsym.domain import Context


def is_infinite(value: Expr | None) -> bool:
    """Whether a value is infinity itself; sympy would look for it in every part of a formula."""
    return value is not None and value.is_Atom and value.is_infinite is True


@dataclass(frozen=True, slots=True)
class Step:
    """One equality of a derivation: ``before = after`` by the rule of that name.

    ``reason`` is the sentence a textbook prints beside it; ``facts`` are equalities the step uses
    (a mean and its value), ``conditions`` what must hold for it.
    """

    rule: str
    reason: str
    before: Expr
    after: Expr
    conditions: tuple[Relational, ...] = ()
    facts: tuple[tuple[Expr, Expr], ...] = ()


@dataclass(frozen=True)
class Derivation:
    """A statement brought to closed form.

    ``closed_form`` is None where none was found, and then ``reason`` says how far it got; it is
    ``oo`` where the value is infinite, and then ``reason`` says why.  ``conditions`` are those
    under which the value is finite and the form holds; ``context`` holds the parameters' domains.
    """

    statement: Expr
    context: Context
    closed_form: Expr | None
    steps: tuple[Step, ...]
    conditions: tuple[Relational, ...] = ()
    reason: str | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def definition(self) -> Expr:
        """The statement as means under densities: what it was before any integral was taken."""
        for step in reversed(self.steps):
            if step.rule in ("definition", "densities"):
                return step.after
        return self.statement

    @property
    def infinite(self) -> bool:
        """Whether the value was found to be plus infinity."""
        return is_infinite(self.closed_form)
