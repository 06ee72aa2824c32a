"""Functions for all ``y >= Y`` at once: sums of scales with balls for coefficients.

A `Germ` is ``sum b_j * exp(G_j(y))`` where each ``G_j`` is a sum of growing monomials
``e^(m*y) * y^a * log(y)^l``, or ``log(log(y))``.  Every coefficient is a ball, and the germ stands
for each function whose coefficients lie in those balls at every ``y >= Y``.  So ``y**2`` is
``exp(2 log y)``, a Gaussian tail ``b*exp(-c*y**2)``, and ``log(1 + y**2)`` is ``2 log y`` and
a term ``b*y**(-2)`` with ``b`` a narrow ball.  Sums, products, powers, logarithms, exponentials
and log-gamma keep this form.

:mod:`klsym.numerics.beyond` computes with germs for a given Y, and bounds integrals and sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from klsym.numerics.straightline import Unsupported

Number = Any
"""An exact fmpq or an arb."""
Monomial = tuple[fmpq, fmpq, fmpq]
"""``(m, a, l)``: ``e^(m*y) * y^a * log(y)^l``."""
Scale = Mapping[Monomial, Number]
"""What stands in an exponent: growing monomials; `LOGLOG` stands for ``log(log(y))``."""

ZERO, ONE = fmpq(0), fmpq(1)
LOG: Monomial = (ZERO, ZERO, ONE)
LINEAR: Monomial = (ZERO, ONE, ZERO)
LOGLOG: Monomial = (ZERO, ZERO, ZERO)
MOST_TERMS = 200


class TooNear(Unsupported):
    """Nothing can be said for all ``y >= Y``; a greater Y may do."""


@dataclass(frozen=True, slots=True)
class Germ:
    """A sum of terms ``coefficient * exp(scale)``; none at all is zero."""

    terms: tuple[tuple[Number, Scale], ...]

    @property
    def constant(self) -> Number | None:
        """The coefficient, if the germ is one constant ball."""
        if not self.terms:
            return ZERO
        return self.terms[0][0] if len(self.terms) == 1 and not self.terms[0][1] else None


def fixed(value: Number) -> Germ:
    """A constant."""
    return Germ(()) if type(value) is fmpq and not value else Germ(((value, {}),))


def monomial(m: fmpq = ZERO, a: fmpq = ZERO, log: fmpq = ZERO, times: Number = ONE) -> Germ:
    """``times * e^(m*y) * y^a * log(y)^log``."""
    scale = {LINEAR: m, LOG: a, LOGLOG: log}
    return Germ(((times, {key: value for key, value in scale.items() if value}),))


def _same(left: Scale, right: Scale) -> bool:
    """Certainly the same exponent: the same rationals, or the very same balls."""
    if len(left) != len(right):
        return False
    for key, value in left.items():
        other = right.get(key)
        if other is not value and not (
            type(other) is fmpq and type(value) is fmpq and other == value
        ):
            return False
    return True


def _hull(left: Scale, right: Scale) -> Scale | None:
    """An exponent that holds both, if they overlap in every monomial."""
    if left.keys() != right.keys():
        return None
    hull = {}
    for key, value in left.items():
        first, second = arb(value), arb(right[key])
        if not first.overlaps(second):
            return None
        hull[key] = first.union(second)
    return hull


def add(*germs: Germ) -> Germ:
    """The sum; terms of one scale are collected."""
    terms: list[tuple[Number, Scale]] = []
    for germ in germs:
        for coefficient, scale in germ.terms:
            for i, (other, known) in enumerate(terms):
                if _same(scale, known):
                    terms[i] = (other + coefficient, known)
                    break
                # Two positive functions between the same bounds: so is their weighted mean.
                if coefficient > 0 and other > 0 and (hull := _hull(scale, known)) is not None:
                    terms[i] = (other + coefficient, hull)
                    break
            else:
                terms.append((coefficient, scale))
    if len(terms) > MOST_TERMS:
        raise Unsupported("too many terms at an end of the support")
    return Germ(tuple(term for term in terms if not _vanishes(term[0])))


def _vanishes(value: Number) -> bool:
    """Exactly zero.  Of a ball, ``!= 0`` says something else: that it is certainly not zero."""
    return bool(value == 0)


def combined(left: Scale, right: Scale, factor: Number = ONE) -> dict[Monomial, Number]:
    """``left + factor*right`` of two exponents."""
    total = dict(left)
    for key, value in right.items():
        new = total.get(key, ZERO) + factor * value
        if new == 0:
            total.pop(key, None)
        else:
            total[key] = new
    return total


def less(left: Scale, right: Scale) -> Scale:
    """``left - right``; the very same ball in both cancels."""
    apart = {key for key, value in left.items() if right.get(key) is not value}
    apart |= right.keys() - left.keys()
    ours = {key: value for key, value in left.items() if key in apart}
    return combined(ours, {key: value for key, value in right.items() if key in apart}, -ONE)


def multiply(left: Germ, right: Germ) -> Germ:
    """The product.  Equal pairs of balls get one sum, so that it is known to be the same."""
    sums: dict[tuple[int, int], Number] = {}
    terms = []
    for first, scale in left.terms:
        for second, other in right.terms:
            total = combined(scale, other)
            for key in scale.keys() & other.keys() & total.keys():
                total[key] = sums.setdefault((id(scale[key]), id(other[key])), total[key])
            terms.append(Germ(((first * second, total),)))
    return add(*terms)


def times(number: Number, germ: Germ) -> Germ:
    """A constant multiple."""
    return multiply(fixed(number), germ)
