"""The five verdicts, and the evidence that backs each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from klsym.errors import Span

if TYPE_CHECKING:
    from sympy import Expr, Rational

    from klsym.domain import Context


class Verdict(StrEnum):
    """What is known of a claim that two expressions are equal on a domain."""

    PROVED = "proved"
    """Equal: the normal form of the difference is zero."""
    REFUTED = "refuted"
    """Different: two disjoint finite enclosures at an exact point of the domain."""
    AGREES = "agrees"
    """Not proved, and the same to many digits at many points."""
    UNDECIDED = "undecided"
    """Neither, with the reason."""
    UNREAD = "unread"
    """The text could not be read."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The rewriting rules, each an identity on the domain, whose normal form is zero.

    ``cases`` is how many cases by sign were proved one by one.
    """

    rules: tuple[str, ...]
    cases: int = field(default=1, repr=False)


@dataclass(frozen=True)
class Counterexample:
    """An exact point at which two enclosures are disjoint.

    ``point`` maps names to exact rationals.  ``left``, ``right`` and ``difference`` are decimals
    every printed digit of which is right (or ``oo``, ``undefined``); ``find_exact`` finds the
    difference in closed form.  ``bits`` is the precision that separated them.
    ``defined`` says that the two were seen to differ in their definitions too: each mean was
    integrated or summed at that point, with certified tails, and no closed form of klsym's was
    used.  It is None where there are no means, False where they could not be enclosed.
    """

    point: Mapping[str, Rational]
    left: str
    right: str
    difference: str
    digits: int
    bits: int
    find_exact: Callable[[], Expr | None] = field(default=lambda: None, compare=False, repr=False)
    defined: bool | None = None

    @cached_property
    def exact(self) -> Expr | None:
        """The difference in closed form, where it is short and its ball is that of the decimals."""
        return self.find_exact()


@dataclass(frozen=True, slots=True)
class Agreement:
    """The same to ``digits`` digits at ``points`` random points, and why there is no proof."""

    digits: int
    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was decided: whether two expressions are equal on a context, or in order.

    ``tolerance`` is how far apart they may be, where a decimal stands on one side.
    ``definitions`` are what the sides are the closed forms of, None for a side that was compared
    as it was read.  ``relation`` is ``=``, ``<=`` or ``<``, between left and right.
    """

    left: Expr
    right: Expr
    context: Context
    tolerance: Rational | None = None
    definitions: tuple[Expr | None, Expr | None] = (None, None)
    relation: str = "="


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on a question, with its evidence; ``reason`` where it is not a proof."""

    verdict: Verdict
    proof: Proof | None = None
    counterexample: Counterexample | None = None
    agreement: Agreement | None = None
    reason: str | None = None
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A path that trusts none of the algebra: quadrature of the definition at exact points."""

    digits: int
    points: int


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A named slip, and the repair that was proved.

    ``amends`` says which of the two was amended, ``formula`` or ``statement``; ``repair`` is the
    amended one in the author's own notation, ready to paste, ``latex`` the same where that is
    LaTeX.  ``changed`` are the places of the repair that differ from what was printed; an empty
    one is where something was taken out.
    """

    name: str
    help: str
    repair: str
    latex: str
    amends: str
    changed: tuple[Span, ...] = ()
