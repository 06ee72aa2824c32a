"""The calculus of germs for all ``y >= Y``, and the bounds that follow from it.

Every rule is an inequality that holds for each ``y >= Y``; one that holds only further out raises
`TooNear`, and the caller takes a greater Y.  By the mean value theorem, where ``r`` is small,
``log(1 + r) = r/(1 + s)``, ``exp(r) = 1 + r*exp(s)`` and ``(1 + r)**k = 1 + k*r*(1 + s)**(k-1)``
with ``s`` between 0 and ``r``; log-gamma is Stirling's series with its error bound.
"""

from __future__ import annotations

from collections.abc import Iterable

from flint import arb, fmpq

from klsym.numerics.germs import (
    LINEAR,
    LOG,
    LOGLOG,
    ONE,
    ZERO,
    Germ,
    Monomial,
    Number,
    Scale,
    TooNear,
    add,
    combined,
    fixed,
    less,
    monomial,
    multiply,
    times,
)
from klsym.numerics.straightline import Unsupported


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
            if _grows(less(term[1], first[1])):
                first = term
        lead, scale = first
        if not (lead > 0 or lead < 0):
            raise TooNear("a leading term of unknown sign")
        rest = [(c / lead, less(g, scale)) for c, g in germ.terms if g is not scale]
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
            one = type(lead) is fmpq and lead == 1
            raised = ONE if one else arb(lead) ** arb(exponent)
        else:
            raise Unsupported("a power of a negative number")
        return Germ(((raised, combined({}, scale, exponent)),))

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
