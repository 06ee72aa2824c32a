"""Square roots within polynomials: ``P + Q*r`` with ``r*r = d``, its norm and its conjugate.

The norm ``N = P**2 - Q**2*d`` holds no r.  Three identities rest on it:

* the sign of ``P + Q*r`` is that of Q where ``N < 0``, as ``|P| < |Q|*r``, and that of P where
  ``N > 0``;
* ``log|P + Q*r| + log|P - Q*r| = log|N|``, and the same of powers, so one of the two conjugates
  is enough;
* where N is a square, ``S = sqrt(N)``, and ``P + Q*r > 0``, both ``P + S`` and ``P - S`` are not
  negative, and ``sqrt(P + Q*r) = sqrt((P + S)/2) + sign(Q)*sqrt((P - S)/2)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

from flint import fmpq, fmpq_mpoly

from klsym.equality.contents import content
from klsym.equality.field import Ratio

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

ROOTS = ("root", "root of a prime")
MOST_ROOTS = 3
"""A polynomial with more roots in it has a norm of too high a degree."""
MOST_TERMS = 40


@dataclass(frozen=True, slots=True)
class WithRoot:
    """A polynomial ``plain + factor*root``."""

    plain: fmpq_mpoly
    factor: fmpq_mpoly
    root: fmpq_mpoly
    norm: fmpq_mpoly

    @property
    def conjugate(self) -> fmpq_mpoly:
        """The polynomial with the other sign of the root."""
        return self.plain - self.factor * self.root


def with_root(algebra: Algebra, p: fmpq_mpoly) -> WithRoot | None:
    """A polynomial by the last of its square roots; None if it has none, or not linearly."""
    field = algebra.field
    if p.is_zero() or not field.relations:
        return None
    degrees = p.degrees()
    held = [i for i in field.relations if degrees[i] and field.atoms[i].kind in ROOTS]
    if len(held) > MOST_ROOTS or len(p) > MOST_TERMS:
        return None
    for place in sorted(field.relations, reverse=True):
        degree, _ = field.relations[place]
        half = degree // 2
        if not degrees[place] or degree % 2 or field.atoms[place].kind not in ROOTS:
            continue
        parts: dict[int, dict[tuple[int, ...], fmpq]] = {0: {}, half: {}}
        for monomial, coefficient in p.to_dict().items():
            if monomial[place] not in parts:
                return None
            rest = (*monomial[:place], 0, *monomial[place + 1 :])
            parts[monomial[place]][rest] = coefficient
        plain, factor = (field.context.from_dict(part) for part in parts.values())
        root = field.generators[place] ** half
        norm = field.reduce(plain * plain - factor * factor * root * root)
        if plain.is_zero() or norm.is_zero():
            return None
        return WithRoot(plain, factor, root, norm)
    return None


def without_root(algebra: Algebra, p: fmpq_mpoly) -> tuple[fmpq_mpoly, fmpq_mpoly] | None:
    """The root r and g with ``p = r*g``, where d divides P, as integers if these are numbers."""
    found = with_root(algebra, p)
    if found is None:
        return None
    square = algebra.field.reduce(found.root * found.root)
    if square.is_constant():
        plain = found.plain / content(p)
        prime = square.leading_coefficient()
        if any((c / prime).q != 1 for c in plain.coeffs()):
            return None
    rest, left = divmod(found.plain, square)
    if not left.is_zero():
        return None
    return found.root, found.factor + rest * found.root


def partner(algebra: Algebra, p: fmpq_mpoly) -> fmpq_mpoly | None:
    """The g of a root that is in use already, where p*g is the square of something simpler."""
    field = algebra.field
    own = with_root(algebra, p)
    if own is None:
        return None
    for place, (degree, value) in field.relations.items():
        if degree != 2 or field.atoms[place].kind != "root" or value == p:
            continue
        other = with_root(algebra, value)
        if other is None or other.root != own.root:
            continue
        product = with_root(algebra, field.reduce(p * value))
        if product is not None and square_root(product.norm):
            return value
    return None


def leading_conjugate(algebra: Algebra, p: fmpq_mpoly) -> WithRoot | None:
    """What p is made of, if its conjugate is to be used in its place; None if p is."""
    found = with_root(algebra, p)
    if found is None:
        return None
    other = found.conjugate
    other = other / other.leading_coefficient()
    own = p / p.leading_coefficient()
    return found if _order(other) < _order(own) else None


def _order(p: fmpq_mpoly) -> tuple[int, str]:
    return sum(c < 0 for c in p.coeffs()), str(p)


def square_root(p: fmpq_mpoly) -> bool:
    """Whether a polynomial is the square of one."""
    content, factors = p.factor()
    return (
        content > 0
        and all(_is_square(int(part)) for part in (content.p, content.q))
        and all(power % 2 == 0 for _, power in factors)
    )


def _is_square(number: int) -> bool:
    return isqrt(number) ** 2 == number


def denested(algebra: Algebra, p: fmpq_mpoly) -> tuple[Ratio, Ratio, Ratio] | None:
    """``(P + S)/2``, ``(P - S)/2`` and Q of a positive ``P + Q*r`` whose norm is a square."""
    from klsym.equality.exponentials import power_of_ratio

    found = with_root(algebra, p)
    if found is None or not square_root(found.norm):
        return None
    field = algebra.field
    algebra.use("nested radical")
    s = power_of_ratio(algebra, Ratio(found.norm, field.unit), fmpq(1, 2))
    plain, half = Ratio(found.plain, field.unit), fmpq(1, 2)
    return (
        field.scale(field.add(plain, s), half),
        field.scale(field.subtract(plain, s), half),
        Ratio(found.factor, field.unit),
    )
