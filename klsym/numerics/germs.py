"""Functions for all ``y >= Y`` at once: sums of scales with balls for coefficients.

A `Germ` is ``sum b_j * exp(G_j(y))`` where each ``G_j`` is a sum of growing monomials
``e^(m*y) * y^a * log(y)^l``, or ``log(log(y))``.  Every coefficient is a ball, and the germ stands
for each function whose coefficients lie in those balls at every ``y >= Y``.  So ``y**2`` is
``exp(2 log y)``, a Gaussian tail ``b*exp(-c*y**2)``, and ``log(1 + y**2)`` is ``2 log y`` and
a term ``b*y**(-2)`` with ``b`` a narrow ball.  Sums, products, powers, logarithms, exponentials
and log-gamma (by Stirling) keep this form, by the mean value theorem: where ``r`` is small,
``log(1 + r) = r/(1 + s)``, ``exp(r) = 1 + r*exp(s)`` and ``(1 + r)**k = 1 + k*r*(1 + s)**(k-1)``
with ``s`` between 0 and ``r``.

From a germ follow rigorous bounds of an integral or a sum over all ``y >= Y``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    return Germ(tuple((c, g) for c, g in terms if type(c) is not fmpq or c))


def _sum(left: Scale, right: Scale, factor: Number = ONE) -> dict[Monomial, Number]:
    """``left + factor*right`` of two exponents."""
    total = dict(left)
    for key, value in right.items():
        new = total.get(key, ZERO) + factor * value
        if new == 0:
            total.pop(key, None)
        else:
            total[key] = new
    return total


def _less(left: Scale, right: Scale) -> Scale:
    """``left - right``; the very same ball in both cancels."""
    apart = {key for key, value in left.items() if right.get(key) is not value}
    apart |= right.keys() - left.keys()
    ours = {key: value for key, value in left.items() if key in apart}
    return _sum(ours, {key: value for key, value in right.items() if key in apart}, -ONE)


def multiply(left: Germ, right: Germ) -> Germ:
    """The product.  Equal pairs of balls get one sum, so that it is known to be the same."""
    sums: dict[tuple[int, int], Number] = {}
    terms = []
    for first, scale in left.terms:
        for second, other in right.terms:
            total = _sum(scale, other)
            for key in scale.keys() & other.keys() & total.keys():
                total[key] = sums.setdefault((id(scale[key]), id(other[key])), total[key])
            terms.append(Germ(((first * second, total),)))
    return add(*terms)


def times(number: Number, germ: Germ) -> Germ:
    """A constant multiple."""
    return multiply(fixed(number), germ)


def _upper(value: Number) -> arb:
    return arb(arb(value).upper())


def _lower(value: Number) -> arb:
    return arb(arb(value).lower())


def _derivative(key: Monomial) -> Iterable[tuple[fmpq, Monomial]]:
    """``y`` times the derivative of a monomial of an exponent, the leading part first."""
    m, a, log = key
    if key == LOGLOG:
        return [(ONE, (ZERO, ZERO, -ONE))]
    parts = [(m, (m, a + 1, log)), (a, (m, a, log)), (log, (m, a, log - 1))]
    return [(factor, part) for factor, part in parts if factor]


class Beyond:
    """The calculus for all ``y >= Y``; ``Y`` is exact and at least 3."""

    def __init__(self, start: fmpq) -> None:
        self.start = arb(start)
        self.log = self.start.log()
        self.loglog = self.log.log()

    def value(self, key: Monomial) -> arb:
        """A monomial at Y."""
        m, a, log = key
        return (m * self.start + a * self.log + log * self.loglog).exp()

    def at_start(self, scale: Scale) -> arb:
        """The exponent at Y, its coefficients at their upper ends."""
        total = arb(0)
        for key, value in scale.items():
            total += _upper(value) * (self.loglog if key == LOGLOG else self.value(key))
        return total

    def decline(self, scale: Scale, extra: int = 0) -> arb:
        """A number B with ``y*G'(y) + extra <= -B`` for all ``y >= Y``, and ``B >= 0``.

        G has the upper ends of the coefficients.  The growing parts are compared with one falling
        part that dominates them: their ratio falls from Y on, and is taken at Y.  Raises
        `TooNear` if that cannot be shown.
        """
        rising = [(arb(extra), (ZERO, ZERO, ZERO))] if extra else []
        falling: list[Monomial] = []
        for key, value in scale.items():
            top = _upper(value)
            if top > 0:
                rising += [(top * factor, part) for factor, part in _derivative(key)]
            elif top < 0:
                falling.append(key)
        if not falling:
            if rising:
                raise TooNear("it does not fall off fast enough")
            return arb(0)
        main = max(falling)
        factor, part = next(iter(_derivative(main)))
        strength = -_upper(scale[main]) * factor
        left = strength
        for top, other in rising:
            left -= top * self._falling(
                (other[0] - part[0], other[1] - part[1], other[2] - part[2])
            )
        if not left >= 0:
            raise TooNear("it does not fall off fast enough")
        # A part such as 1/log(y) falls itself, so its value at Y bounds nothing from below.
        return _lower(left * self.value(part)) if part >= (ZERO, ZERO, ZERO) else arb(0)

    def _falling(self, key: Monomial) -> arb:
        """A monomial at Y that never rises from there on; else raises `TooNear`."""
        m, a, log = key
        if m > 0 or not m * self.start + a + max(log, ZERO) / self.log <= 0:
            raise TooNear("it falls off only further out")
        return self.value(key)

    def bound(self, scale: Scale) -> arb:
        """The greatest ``exp(G(y))``, which must fall from Y on."""
        if not scale:
            return arb(1)
        self.decline(scale)
        return _upper(self.at_start(scale).exp())

    def split(self, germ: Germ) -> tuple[Number, Scale, Germ, arb]:
        """``germ = b * exp(G) * (1 + r)``: b, G, r as a germ, and a ball of 0 and all of r."""
        if not germ.terms:
            raise Unsupported("a function that is zero")
        first = germ.terms[0]
        for term in germ.terms[1:]:
            if _grows(_less(term[1], first[1])):
                first = term
        lead, scale = first
        if not (lead > 0 or lead < 0):
            raise TooNear("a leading term of unknown sign")
        rest = [(c / lead, _less(g, scale)) for c, g in germ.terms if g is not scale]
        return lead, scale, Germ(tuple(rest)), self.range(rest)

    def range(self, terms: Iterable[tuple[Number, Scale]]) -> arb:
        """A ball that holds 0 and the sum of terms that fall off."""
        total = arb(0)
        for coefficient, scale in terms:
            total += arb(0).union(coefficient * arb(0).union(self.bound(scale)))
        return total

    def power(self, germ: Germ, exponent: Number) -> Germ:
        """A constant power; a base of several terms must be of known sign."""
        whole = type(exponent) is fmpq and exponent.q == 1
        if whole and exponent >= 0 and (exponent <= 8 or len(germ.terms) <= 1):
            if len(germ.terms) == 1:
                return self._scaled_power(*germ.terms[0], exponent)
            result = fixed(ONE)
            for _ in range(int(exponent.p)):
                result = multiply(result, germ)
            return result
        lead, scale, rest, near = self.split(germ)
        if not 1 + near > 0:
            raise TooNear("a base that may be zero")
        main = self._scaled_power(lead, scale, exponent)
        slope = exponent * (1 + near) ** arb(exponent - 1)
        return multiply(main, add(fixed(ONE), times(slope, rest)))

    def _scaled_power(self, lead: Number, scale: Scale, exponent: Number) -> Germ:
        if exponent == 0:
            return fixed(ONE)
        if type(exponent) is fmpq and exponent.q == 1:
            if exponent < 0 and not (lead > 0 or lead < 0):
                raise TooNear("a base that may be zero")
            short = type(lead) is fmpq and abs(exponent) < 64
            raised = lead ** int(exponent.p) if short else arb(lead) ** arb(exponent)
        elif lead > 0:
            raised = arb(lead) ** arb(exponent)
        else:
            raise Unsupported("a power of a negative number")
        return Germ(((raised, _sum({}, scale, exponent)),))

    def logarithm(self, germ: Germ) -> Germ:
        """The logarithm of a germ that is positive."""
        lead, scale, rest, near = self.split(germ)
        if not lead > 0:
            raise Unsupported("the logarithm of a negative number")
        if not 1 + near > 0:
            raise TooNear("the logarithm of what may be zero")
        if LOGLOG in scale:
            raise Unsupported("an iterated logarithm")
        parts = [monomial(*key, times=value) for key, value in scale.items()]
        one = fixed(ZERO if type(lead) is fmpq and lead == 1 else arb(lead).log())
        return add(one, *parts, times(1 / (1 + near), rest))

    def exponential(self, germ: Germ) -> Germ:
        """The exponential: what grows goes into the exponent, what falls off becomes a ball."""
        factor: Number = ONE
        scale: dict[Monomial, Number] = {}
        small: list[tuple[Number, Scale]] = []
        for coefficient, exponent in germ.terms:
            if not exponent:
                factor = factor * arb(coefficient).exp()
            elif not _grows(exponent):
                small.append((coefficient, exponent))
            else:
                key = _pure(exponent)
                scale[key] = scale.get(key, ZERO) + coefficient
        slope = self.range(small).exp()
        tail = add(fixed(ONE), *(Germ(((c * slope, g),)) for c, g in small))
        return multiply(Germ(((factor, scale),)), tail)

    def loggamma(self, germ: Germ) -> Germ:
        """Log-gamma of a constant, or of what grows without bound, by Stirling's series."""
        value = germ.constant
        if value is not None:
            if not value > 0:
                raise Unsupported("log-gamma of a negative number")
            return fixed(arb(value).lgamma())
        self._positive(germ)
        log = self.logarithm(germ)
        rest = times(arb(0).union(arb(1) / 12), self.power(germ, -ONE))
        half = fixed((2 * arb.pi()).log() / 2)
        shifted = multiply(add(germ, fixed(fmpq(-1, 2))), log)
        return add(shifted, times(-ONE, germ), half, rest)

    def digamma(self, germ: Germ) -> Germ:
        """Digamma: between ``log z - 1/z`` and ``log z - 1/(2 z)`` for positive z."""
        self._positive(germ)
        gap = times(-arb(fmpq(1, 2)).union(arb(1)), self.power(germ, -ONE))
        return add(self.logarithm(germ), gap)

    def _positive(self, germ: Germ) -> None:
        lead, _, _, near = self.split(germ)
        if not (lead > 0 and 1 + near > 0):
            raise TooNear("an argument that may be negative")

    def sign(self, germ: Germ) -> int:
        """The sign, which must not change from Y on."""
        if not germ.terms:
            return 0
        lead, _, _, near = self.split(germ)
        if not 1 + near > 0:
            raise TooNear("a sign that may change")
        return 1 if lead > 0 else -1

    def integral(self, germ: Germ) -> arb:
        """An upper bound of the integral of the absolute value over all ``y >= Y``."""
        total = arb(0)
        for coefficient, scale in germ.terms:
            decline = self.decline(scale, 1)
            if not decline > 0:
                raise TooNear("it does not fall off fast enough")
            peak = self.start * self.at_start(scale).exp()
            total += abs(coefficient) * peak / decline
        if not total.is_finite():
            raise TooNear("a bound that is not finite")
        return _upper(total)

    def series(self, germ: Germ) -> arb:
        """An upper bound of the sum of the absolute value over all integers ``y >= Y``."""
        first = arb(0)
        for coefficient, scale in germ.terms:
            first += abs(coefficient) * self.bound(scale)
        return _upper(first + self.integral(germ))


def _grows(scale: Scale) -> bool:
    """Does ``exp(G(y))`` grow in the end, by the sign of its leading coefficient?"""
    if not scale:
        return False
    lead = scale[max(scale)]
    if not (lead > 0 or lead < 0):
        raise TooNear("a leading exponent of unknown sign")
    return bool(lead > 0)


def _pure(scale: Scale) -> Monomial:
    """The monomial that an exponent of exact coefficients makes, all powers at least 0."""
    key = tuple(scale.get(part, ZERO) for part in (LINEAR, LOG, LOGLOG))
    if scale.keys() - {LINEAR, LOG, LOGLOG} or not all(type(k) is fmpq and k >= 0 for k in key):
        raise Unsupported("an exponent of another growth than e^(m*y) * y^a * log(y)^l")
    return key[0], key[1], key[2]
