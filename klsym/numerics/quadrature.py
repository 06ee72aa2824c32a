"""Certified integrals: the value as a ball, tails and endpoint singularities included.

The interval is cut at the kinks of the integrand.  Each piece is a compact middle for FLINT's
adaptive integrator, and at an infinite or singular end a cut beyond which
:mod:`klsym.numerics.tails` bounds the rest.  Near a singular end, and where a tail is heavy, the
variable is ``x = a + e^(-w)`` or ``x = e^w``, and a cut at 10**40 costs no more than at 100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import sympy
from flint import acb, arb, ctx, fmpq
from sympy import Expr, Rational, S, Symbol, exp

from klsym.numerics import integrand as forms
from klsym.numerics.balls import (
    Undefined,
    compile_balls,
    compile_integrand,
    constant,
    precision,
)
from klsym.numerics.germs import Number
from klsym.numerics.straightline import Function, Unsupported
from klsym.numerics.tails import End, cut

HEAVY = fmpq(1 << 13)
"""A cut further out than this is reached on a logarithmic scale."""
NEAREST = fmpq(4)
"""No cut is nearer than this; there a logarithmic scale begins."""
W = Symbol("w", real=True)
FAR = Rational(9)
"""A place on the logarithmic scale at which the leading terms lead."""


def enclose_integral(
    density: Expr, function: Expr, variable: Symbol, lower: Expr, upper: Expr, tolerance: arb
) -> arb:
    """A ball around the integral of ``density*function`` from ``lower`` to ``upper``.

    The expressions hold no symbol but ``variable``, the ends are constants or infinite.  The
    radius is about ``tolerance`` where the precision of the moment allows it.  Raises
    `Unsupported` where a tail cannot be bounded, often because the integral diverges, or a part
    is not on the white list.
    """
    positive = lower.is_nonnegative or None
    x = Symbol("x", real=True, positive=positive)
    factors = [part.xreplace({variable: x}) for part in (density, function)]
    breaks = _breaks(factors, x, lower, upper)
    share = tolerance / len(breaks)
    total = arb(0)
    for start, stop in pairwise(breaks):
        total += _Piece.of(factors, x, start, stop).enclose(share)
    return total


def _breaks(factors: Sequence[Expr], x: Symbol, lower: Expr, upper: Expr) -> list[Expr]:
    """The ends, and the kinks between them, in order."""
    places = {root for factor in factors for root in forms.kinks(factor, x)}
    inside: list[tuple[arb, Expr]] = []
    for place in places:
        value = constant(place)
        for bound, side in ((lower, 1), (upper, -1)):
            if bound.is_infinite or bound == place:
                continue
            distance = side * (value - constant(bound))
            if not (distance > 0 or distance < 0):
                raise Unsupported(f"{place} and {bound} could not be told apart")
            if distance < 0:
                break
        else:
            if place not in (lower, upper):
                inside.append((value, place))
    inside.sort(key=lambda pair: float(pair[0].mid()))
    for (left, _), (right, place) in pairwise(inside):
        if not left < right:
            raise Unsupported(f"the kinks next to {place} could not be told apart")
    return [lower, *(place for _, place in inside), upper]


def _rational(value: arb) -> Rational:
    mantissa, exponent = value.mid().man_exp()
    return Rational(int(mantissa)) * Rational(2) ** int(exponent)


def _sample(lower: Expr, upper: Expr) -> Rational:
    """A short rational between the two, near 0 or 1 where they are far away."""
    if lower.is_infinite and upper.is_infinite:
        return Rational(1, 2)
    if upper.is_infinite:
        return _short(constant(lower)) + Rational(3, 2)
    if lower.is_infinite:
        return _short(constant(upper)) - Rational(3, 2)
    left, right = constant(lower), constant(upper)
    sample = _rational((left + right) / 2)
    short = _short((left + right) / 2)
    return short if (short > 0) == (sample > 0) and left < arb(int(short)) < right else sample


def _short(value: arb) -> Rational:
    return Rational(round(float(value.mid())))


@dataclass(frozen=True)
class _Piece:
    """A part of the interval on which the integrand has one form."""

    x: Symbol
    lower: Expr
    upper: Expr
    density: Expr
    function: Expr
    whole: Expr

    @staticmethod
    def of(factors: Sequence[Expr], x: Symbol, lower: Expr, upper: Expr) -> _Piece:
        """The piece with its integrand resolved, rewritten and compared with what it was."""
        sample = _sample(lower, upper)
        density, function = (forms.split(forms.resolve(factor, x, sample)) for factor in factors)
        function = forms.collected(function)
        if not density.is_Add:
            density = exp(forms.split(sympy.log(density)))
        piece = _Piece(x, lower, upper, density, function, density * function)
        piece._compare(sympy.Mul(*factors), sample)
        return piece

    def _compare(self, original: Expr, sample: Rational) -> None:
        """Both forms of the integrand, at three points: a guard against a slip in rewriting."""
        left = self.upper if self.lower.is_infinite else self.lower
        anchor = sample - 1 if left.is_infinite else _rational(constant(left))
        before, after = (compile_balls(form, (self.x,)) for form in (original, self.whole))
        for part in (Rational(1), Rational(1, 3), Rational(6, 7)):
            place = sample * part + anchor * (1 - part)
            at = (fmpq(int(place.p), int(place.q)),)
            old, new = before.evaluate_real(at), after.evaluate_real(at)
            if old is None or new is None or not old.overlaps(new):
                raise Unsupported(f"the integrand has no one real form at {self.x} = {place}")

    def size(self, value: Number) -> arb:
        """The integrand at a value of the variate; nan where it has none."""
        result = compile_balls(self.whole, (self.x,)).evaluate_real((value,))
        return arb("nan") if result is None else result

    def enclose(self, tolerance: arb) -> arb:
        """The integral over the piece."""
        if self.whole == 0:
            return arb(0)
        ends = self._ends()
        if not ends:
            return self._direct(constant(self.lower), constant(self.upper), tolerance)
        share = tolerance / 4
        middle = self._middle(ends)
        marks, total = [constant(middle), constant(middle)], arb(0)
        for end in ends:
            mark, part = self._towards(end, middle, share)
            marks[end.side > 0] = mark
            total += part
        sides = {end.side for end in ends}
        left = marks[0] if -1 in sides else constant(self.lower)
        right = marks[1] if 1 in sides else constant(self.upper)
        return total + self._direct(left, right, share)

    def _ends(self) -> list[End]:
        """The ends at infinity, and those at which the integrand is not analytic."""
        ends = []
        for side, bound in ((-1, self.lower), (1, self.upper)):
            if bound.is_infinite:
                ends.append(End(side))
            elif not self._regular(bound):
                ends.append(End(side, bound))
        return ends

    def _regular(self, bound: Expr) -> bool:
        integrand = _set_up(self.whole, self.x)
        for radius in (fmpq(1, 16), fmpq(1, 4096)):
            disc = acb(constant(bound) + arb(0, radius), arb(0, radius))
            if integrand(disc, True).is_finite():
                return True
        return False

    def _middle(self, ends: Sequence[End]) -> Expr:
        """A place that belongs to the middle: everything beyond ``y = 4`` may be a tail."""
        if not self.lower.is_infinite and not self.upper.is_infinite:
            return (self.lower + self.upper) / 2
        if self.lower.is_infinite and self.upper.is_infinite:
            return S.Zero
        return self.lower + 1 if self.upper.is_infinite else self.upper - 1

    def _towards(self, end: End, middle: Expr, tolerance: arb) -> tuple[arb, arb]:
        """Where the direct part stops towards an end, and the integral from there to the end."""
        nearest = self._nearest(end, middle)
        factors = (self.density, self.function)
        far, bound = cut(factors, self.x, end, tolerance, self.size, nearest=nearest)
        rest = arb(0, bound)
        if end.point is None and (far <= HEAVY or far <= nearest):
            return arb(end.place(far)), rest
        if end.point is None:
            place, stretch = end.side * exp(W), exp(W)
        else:
            place, stretch = end.point - end.side * exp(-W), exp(-W)
        whole = (self.density * stretch * self.function).xreplace({self.x: place})
        # Close to an end that is not zero its own digits cancel: as many as the cut is far.
        spare = 0 if end.point is None or end.point == 0 else int(far.p).bit_length()
        with precision(ctx.prec + spare):
            integrand = _set_up(forms.lead(whole, W, FAR), W)
            part = _integrate(integrand, arb(nearest).log(), arb(far).log(), tolerance)
        return arb(end.place(nearest)), part + rest

    def _nearest(self, end: End, middle: Expr) -> fmpq:
        """The y at which the tail may begin: beyond the middle and all kinks."""
        bound = constant(middle)
        if end.point is None:
            reach = (end.side * bound).upper()
        else:
            reach = (1 / (end.side * (constant(end.point) - bound))).upper()
        whole = arb(reach).ceil().unique_fmpz()
        if whole is None:
            raise Unsupported("an end too far away for this precision")
        return max(NEAREST, fmpq(int(whole) + 1))

    def _direct(self, left: arb, right: arb, tolerance: arb) -> arb:
        return _integrate(_set_up(self.whole, self.x), left, right, tolerance)


def _set_up(expr: Expr, variable: Symbol) -> Function:
    try:
        return compile_integrand(expr, variable)()
    except (Undefined, ZeroDivisionError) as error:
        raise Unsupported(f"the integrand has no real value: {error}") from None


def _integrate(integrand: Function, left: arb, right: arb, tolerance: arb) -> arb:
    value = acb.integral(
        integrand,
        acb(left),
        acb(right),
        rel_tol=arb(0.5) ** 10_000,
        abs_tol=tolerance,
        eval_limit=200_000,
        depth_limit=2_000,
    )
    if not value.is_finite():
        raise Unsupported("an integral did not converge")
    return value.real
