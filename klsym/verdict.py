"""The five verdicts, and the evidence that backs each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sympy import Expr, Rational


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
    """The rewriting rules, each an identity on the domain, whose normal form is zero."""

    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counterexample:
    """An exact point at which two enclosures are disjoint.

    ``point`` maps names to exact rationals.  ``left``, ``right`` and ``difference`` are decimals
    every printed digit of which is right (or ``oo``, ``undefined``); ``exact`` is the difference
    in closed form where it is short.  ``bits`` is the precision that separated them.
    """

    point: Mapping[str, Rational]
    left: str
    right: str
    difference: str
    digits: int
    bits: int
    exact: Expr | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The same to ``digits`` digits at ``points`` random points, and why there is no proof."""

    digits: int
    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on ``left = right`` with its evidence; ``reason`` where it is not a proof."""

    verdict: Verdict
    proof: Proof | None = None
    counterexample: Counterexample | None = None
    agreement: Agreement | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A path that trusts none of the algebra: quadrature of the definition at exact points."""

    digits: int
    points: int


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A named slip, and the repair that was proved.

    ``amends`` says which of the two was amended, ``formula`` or ``statement``; ``repair`` is the
    amended one, as plain text, ``latex`` the same as LaTeX.
    """

    name: str
    help: str
    repair: str
    latex: str
    amends: str
