"""gamma, its logarithm and its derivatives at reduced arguments.

For reduced arguments see :mod:`klsym.equality.arguments`.  The identities, each meromorphic and
so true wherever both sides are defined:

* ``gamma(z + 1) = z*gamma(z)``, ``psi(z + 1) = psi(z) + 1/z`` and its derivatives;
* ``gamma(n*z) = (2*pi)**((1 - n)/2) * n**(n*z - 1/2) * prod(gamma(z + k/n), k < n)``;
* ``gamma(z)*gamma(1 - z) = pi/sin(pi*z)``, ``psi(1 - z) = psi(z) + pi*cot(pi*z)``;
* Gauss's values of psi at rational numbers with denominators 2, 3, 4 and 6, and the polygammas at
  1 and 1/2 by zeta values.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import sympy
from flint import fmpq
from sympy import S

from klsym.equality.arguments import Argument, shifted, split
from klsym.equality.exponentials import exp_of, gamma_atom, power_of_number, power_of_ratio
from klsym.equality.field import Outside, Ratio
from klsym.equality.logarithms import log_gamma_atom, log_of_number, log_of_ratio
from klsym.equality.trigonometry import DENOMINATORS, cosine, sine

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

LONGEST_SHIFT = 200


def gamma(algebra: Algebra, value: Ratio) -> Ratio:
    """``gamma(value)``, where it is no pole."""
    field = algebra.field
    argument = split(algebra, value)
    result = _multiplication_factor(algebra, argument, value)
    for k in range(argument.copies):
        one = _gamma_once(algebra, argument, argument.shift + fmpq(k, argument.copies))
        result = field.multiply(result, one)
    return result


def log_gamma(algebra: Algebra, value: Ratio) -> Ratio:
    """``log|gamma(value)|``, where it is no pole."""
    field = algebra.field
    argument = split(algebra, value)
    total = field.zero
    if argument.copies > 1:
        algebra.use("Gauss multiplication")
        n = argument.copies
        log_n = log_of_number(algebra, fmpq(n))
        half = field.subtract(value, field.number(fmpq(1, 2)))
        total = field.add(
            field.multiply(half, log_n), field.scale(_log_two_pi(algebra), fmpq(1 - n, 2))
        )
    for k in range(argument.copies):
        one = _log_gamma_once(algebra, argument, argument.shift + fmpq(k, argument.copies))
        total = field.add(total, one)
    return total


def _log_two_pi(algebra: Algebra) -> Ratio:
    return log_of_ratio(algebra, algebra.field.scale(algebra.value(S.Pi), 2))


def _multiplication_factor(algebra: Algebra, argument: Argument, value: Ratio) -> Ratio:
    field = algebra.field
    n = argument.copies
    if n == 1:
        return field.one
    algebra.use("Gauss multiplication")
    half = field.subtract(value, field.number(fmpq(1, 2)))
    power = exp_of(algebra, field.multiply(half, log_of_number(algebra, fmpq(n))))
    two_pi = field.scale(algebra.value(S.Pi), 2)
    return field.multiply(power, power_of_ratio(algebra, two_pi, fmpq(1 - n, 2)))


def _reflects(algebra: Algebra, argument: Argument, shift: fmpq) -> bool:
    """Whether the argument is turned round: a number in (1/2, 1), or minus what is positive."""
    if argument.constant:
        # What is above 1/2 is left by the duplication for odd denominators only.
        return int(shift.q) in DENOMINATORS and (
            2 * shift > 1 or (int(shift.q) % 4 == 0 and 4 * shift > 1)
        )
    return argument.direction < 0


def _doubled(argument: Argument, shift: fmpq) -> tuple[fmpq, int] | None:
    """The w by which ``gamma(w)*gamma(w + 1/2)`` ties a number to simpler ones, and its power.

    A number with twice an odd denominator is the lower of the two, one above 1/2 whose denominator
    is a multiple of four the upper one.
    """
    if not argument.constant or int(shift.q) in (1, 2) or int(shift.q) % 2:
        return None
    if int(shift.q) % 4 == 2:
        return shift, 1
    return (shift - fmpq(1, 2), -1) if 2 * shift > 1 else None


def _place(algebra: Algebra, argument: Argument, shift: fmpq) -> tuple[Ratio, int]:
    """The reduced argument and the integer above it."""
    base, whole = shifted(algebra, argument.base, argument.direction, shift)
    if whole:
        if abs(whole) > LONGEST_SHIFT:
            raise Outside("a gamma function shifted by a large integer")
        algebra.use("gamma shift")
    return base, whole


def _steps(algebra: Algebra, base: Ratio, whole: int) -> tuple[list[Ratio], int]:
    """What stands between ``gamma(base)`` and ``gamma(base + whole)``, and on which side."""
    field = algebra.field
    if whole >= 0:
        return [field.add(base, field.number(i)) for i in range(whole)], 1
    return [field.add(base, field.number(-i)) for i in range(1, 1 - whole)], -1


def _gamma_once(algebra: Algebra, argument: Argument, shift: fmpq) -> Ratio:
    field = algebra.field
    base, whole = _place(algebra, argument, shift)
    steps, side = _steps(algebra, base, whole)
    result = field.one
    for step in steps:
        result = field.multiply(result, step)
    if side < 0:
        result = field.invert(result)
    return field.multiply(result, _reduced_gamma(algebra, argument, base, shift - whole))


def _reduced_gamma(algebra: Algebra, argument: Argument, base: Ratio, rest: fmpq) -> Ratio:
    field = algebra.field
    if argument.constant and rest == 1:
        return field.one
    pi = algebra.value(S.Pi)
    if argument.constant and rest == fmpq(1, 2):
        return power_of_ratio(algebra, pi, fmpq(1, 2))
    doubled = _doubled(argument, rest)
    if doubled is not None:
        algebra.use("Gauss multiplication")
        w, side = doubled
        other = gamma(algebra, field.number(w if side < 0 else w + fmpq(1, 2)))
        double = gamma(algebra, field.number(2 * w))
        factor = power_of_ratio(algebra, pi, fmpq(1, 2))
        factor = field.multiply(factor, power_of_number(algebra, fmpq(2), 1 - 2 * w))
        return field.divide(field.multiply(factor, double), other)
    if not _reflects(algebra, argument, rest):
        return gamma_atom(algebra, base)
    algebra.use("gamma reflection")
    other = gamma(algebra, field.subtract(field.one, base))
    below = field.multiply(sine(algebra, field.multiply(pi, base)), other)
    return field.divide(pi, below)


def _log_gamma_once(algebra: Algebra, argument: Argument, shift: fmpq) -> Ratio:
    field = algebra.field
    base, whole = _place(algebra, argument, shift)
    steps, side = _steps(algebra, base, whole)
    total = field.scale(field.sum([log_of_ratio(algebra, step) for step in steps]), side)
    rest = shift - whole
    if argument.constant and rest == 1:
        return total
    pi = algebra.value(S.Pi)
    if argument.constant and rest == fmpq(1, 2):
        return field.add(total, field.scale(log_of_ratio(algebra, pi), fmpq(1, 2)))
    doubled = _doubled(argument, rest)
    if doubled is not None:
        algebra.use("Gauss multiplication")
        w, side = doubled
        other = log_gamma(algebra, field.number(w if side < 0 else w + fmpq(1, 2)))
        double = log_gamma(algebra, field.number(2 * w))
        half_pi = field.scale(log_of_ratio(algebra, pi), fmpq(1, 2))
        two = field.scale(log_of_number(algebra, fmpq(2)), 1 - 2 * w)
        return field.sum([total, half_pi, two, double, field.negate(other)])
    if not _reflects(algebra, argument, rest):
        return field.add(total, log_gamma_atom(algebra, base))
    algebra.use("gamma reflection")
    turned = log_gamma(algebra, field.subtract(field.one, base))
    sine_log = log_of_ratio(algebra, sine(algebra, field.multiply(pi, base)))
    return field.sum(
        [total, log_of_ratio(algebra, pi), field.negate(sine_log), field.negate(turned)]
    )


def polygamma(algebra: Algebra, order: int, value: Ratio) -> Ratio:
    """The derivative of that order of digamma, where it is no pole."""
    field = algebra.field
    argument = split(algebra, value)
    n = argument.copies
    total = field.zero
    if n > 1:
        algebra.use("Gauss multiplication")
    for k in range(n):
        total = field.add(
            total, _polygamma_once(algebra, order, argument, argument.shift + fmpq(k, n))
        )
    total = field.scale(total, fmpq(1, n ** (order + 1)))
    return field.add(total, log_of_number(algebra, fmpq(n))) if order == 0 else total


def _polygamma_once(algebra: Algebra, order: int, argument: Argument, shift: fmpq) -> Ratio:
    field = algebra.field
    base, whole = shifted(algebra, argument.base, argument.direction, shift)
    if abs(whole) > LONGEST_SHIFT:
        raise Outside("a polygamma function shifted by a large integer")
    if whole:
        algebra.use("digamma shift" if order == 0 else "polygamma shift")
    steps, side = _steps(algebra, base, whole)
    inverse = field.sum([field.power(step, -order - 1) for step in steps])
    total = field.scale(inverse, side * (-1) ** order * factorial(order))
    rest = shift - whole
    if argument.constant:
        special = _constant_polygamma(algebra, order, rest)
    elif argument.direction < 0 and order <= 1:
        special = _reflected(algebra, order, base)
    else:
        special = None
    if special is None:
        special = algebra.function(
            "polygamma", lambda m, z: sympy.polygamma(m, z), field.number(order), base
        )
    return field.add(total, special)


def _reflected(algebra: Algebra, order: int, base: Ratio) -> Ratio:
    """``psi(z) = psi(1 - z) - pi*cot(pi*z)`` and ``psi'(z) = (pi/sin(pi*z))**2 - psi'(1 - z)``."""
    field = algebra.field
    algebra.use("digamma reflection" if order == 0 else "polygamma reflection")
    other = polygamma(algebra, order, field.subtract(field.one, base))
    pi = algebra.value(S.Pi)
    angle = field.multiply(pi, base)
    below = sine(algebra, angle)
    if order == 0:
        ratio = field.divide(field.multiply(pi, cosine(algebra, angle)), below)
        return field.subtract(other, ratio)
    return field.subtract(field.power(field.divide(pi, below), 2), other)


def _constant_polygamma(algebra: Algebra, order: int, rest: fmpq) -> Ratio | None:
    field = algebra.field
    if order == 0:
        return _gauss_digamma(algebra, rest)
    if order == 1 and rest == fmpq(1, 4):
        algebra.use("polygamma by a zeta value")
        square = field.power(algebra.value(S.Pi), 2)
        return field.add(square, field.scale(algebra.value(S.Catalan), 8))
    if order == 1 and 2 * rest > 1 and rest != 1 and int(rest.q) in DENOMINATORS:
        return _reflected(algebra, order, field.number(rest))
    if rest not in (fmpq(1), fmpq(1, 2)):
        return None
    algebra.use("polygamma by a zeta value")
    factor = (-1) ** (order + 1) * factorial(order)
    if rest == fmpq(1, 2):
        factor *= 2 ** (order + 1) - 1
    return field.scale(algebra.value(sympy.zeta(order + 1)), factor)


def _gauss_digamma(algebra: Algebra, rest: fmpq) -> Ratio | None:
    """Gauss's theorem: ``psi(r/m)`` for the m whose sines are square roots."""
    field = algebra.field
    gamma_constant = field.negate(algebra.value(S.EulerGamma))
    r, m = int(rest.p), int(rest.q)
    if m == 1:
        return gamma_constant
    if m not in DENOMINATORS:
        return None
    algebra.use("Gauss digamma theorem")
    pi = algebra.value(S.Pi)
    angle = field.scale(pi, fmpq(r, m))
    cotangent = field.divide(cosine(algebra, angle), sine(algebra, angle))
    total = field.subtract(gamma_constant, log_of_number(algebra, fmpq(2 * m)))
    total = field.subtract(total, field.scale(field.multiply(pi, cotangent), fmpq(1, 2)))
    for n in range(1, (m - 1) // 2 + 1):
        factor = cosine(algebra, field.scale(pi, fmpq(2 * n * r, m)))
        logarithm = log_of_ratio(algebra, sine(algebra, field.scale(pi, fmpq(n, m))))
        total = field.add(total, field.scale(field.multiply(factor, logarithm), 2))
    return total
