"""Integral over a bounded interval of a constant density: by an antiderivative.

E[T(x)] = (F(b) - F(a))/(b - a) on (a, b), where F' = T; the mean and variance of x are
(a + b)/2 and (b - a)**2/12.

>>> from klsym import derive
>>> print(derive("E(Uniform(0, b), log(x))"))
log(b) - 1

Reference: the fundamental theorem of calculus.
"""

from __future__ import annotations

import sympy
from sympy import Expr, S, Symbol, log

from klsym.canonical import atan_of, log_of, power_of, product_of, replaced, sum_of
from klsym.integrals.exponential_type import one_log
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import affine, quadratic
from klsym.integrals.tilting import as_powers, joined_exponentials

A, B = (Symbol(name, real=True) for name in ("a", "b"))
WIDTH = Symbol("w", positive=True)
HIGHEST_POWER = 12
_INFINITE = (S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of a constant on a bounded interval."""
    if integrand.discrete or integrand.carrier:
        return None
    lower, upper, x = integrand.lower, integrand.upper, integrand.variate
    if not (lower.is_finite and upper.is_finite):
        return None
    width = one_log(upper - lower)

    def mean(statistic: Expr) -> Expr | None:
        base, exponent = statistic.as_base_exp()
        slope, shift = affine(base, x)
        if exponent in (1, 2) and slope is not None:
            centre = sum_of(product_of(S.Half, slope, sum_of(lower, upper)), shift)
            if exponent == 1:
                return centre
            spread = product_of(sympy.Rational(1, 12), power_of(product_of(slope, width), S(2)))
            return sum_of(spread, power_of(centre, S(2)))
        if not _continuous(statistic, integrand):
            return None
        slope, shift = affine(statistic.args[0], x) if isinstance(statistic, log) else (None, None)
        if slope is not None:
            ends = [sum_of(product_of(slope, end), shift) for end in (lower, upper)]
            below, above = (S.Zero if e is S.Zero else product_of(e, log_of(e)) for e in ends)
            length = power_of(product_of(slope, width), S.NegativeOne)
            difference = sum_of(above, product_of(S.NegativeOne, below))
            return sum_of(product_of(difference, length), S.NegativeOne)
        primitive = antiderivative(statistic, x)
        if primitive is None:
            return None
        ends = [_at(primitive, x, end, side) for end, side in ((lower, "+"), (upper, "-"))]
        if any(end is None for end in ends):
            return None
        difference = sum_of(ends[1], product_of(S.NegativeOne, ends[0]))
        return product_of(difference, power_of(width, S.NegativeOne))

    def between(statistic: Expr, low: Expr, high: Expr) -> Expr | None:
        if statistic == 1:
            return high - low
        primitive = antiderivative(statistic, x)
        if primitive is None or not _continuous(statistic, integrand):
            return None
        ends = [_at(primitive, x, end, side) for end, side in ((low, "+"), (high, "-"))]
        below, above = ends
        return None if below is None or above is None else above - below

    return Kernel(RULE.name, integrand, log(WIDTH), {WIDTH: width}, special=mean, between=between)


def _continuous(statistic: Expr, integrand: Integrand) -> bool:
    """Whether logs and powers in it are of what has no zero inside the interval."""
    x, context = integrand.variate, integrand.context
    for part in statistic.atoms(log, sympy.Pow):
        base, exponent = part.args[0], part.exp if part.is_Pow else None
        if not base.has(x) or isinstance(base, sympy.Abs):
            continue
        if exponent is not None and exponent.is_Integer and exponent >= 0:
            continue
        if not (context.nonnegative(base) or _positive_at_ends(base, integrand)):
            return False
    return True


def _positive_at_ends(base: Expr, integrand: Integrand) -> bool:
    """Whether a constant plus one exponential, which is monotone, has no sign change inside."""
    x = integrand.variate
    rest = base.as_independent(x, as_Add=True)[1].as_independent(x, as_Add=False)[1]
    if not isinstance(rest, sympy.exp) or affine(rest.exp, x)[0] is None:
        return False
    ends = (replaced(base, {x: end}) for end in (integrand.lower, integrand.upper))
    return all(integrand.context.nonnegative(as_powers(end)) for end in ends)


def antiderivative(statistic: Expr, x: Symbol) -> Expr | None:
    """A continuous antiderivative of a power, a log, an exponential or an absolute value."""
    if isinstance(statistic, sympy.Abs):
        inside = statistic.args[0]
        slope = sympy.diff(inside, x)
        return inside * statistic / (2 * slope) if not slope.has(x) else None
    if isinstance(statistic, log):
        return _of_log(statistic, x)
    if statistic.is_Pow and isinstance(statistic.base, log) and statistic.exp.is_Integer:
        return _of_log_power(statistic.base.args[0], int(statistic.exp), x)
    if isinstance(statistic, (sympy.cos, sympy.sin)):
        slope, _ = affine(statistic.args[0], x)
        turned = replaced(statistic, {x: x - sympy.pi / (2 * slope)}) if slope is not None else None
        return None if turned is None else turned / slope
    if isinstance(statistic, sympy.exp):
        slope, _ = affine(statistic.exp, x)
        return statistic / slope if slope is not None else _of_double_exponential(statistic.exp, x)
    base, exponent = statistic.as_base_exp()
    slope = S.One if isinstance(base, sympy.Abs) else sympy.diff(base, x)
    if exponent.has(x) or slope.has(x) or slope == 0:
        return None
    if exponent == -1:
        return log(base) / slope
    if isinstance(base, sympy.Abs) and exponent.is_positive:
        inner = sympy.diff(base.args[0], x)
        return base.args[0] * statistic / ((exponent + 1) * inner) if not inner.has(x) else None
    if isinstance(base, sympy.Abs) or (exponent + 1).is_nonzero is not True:
        return None
    return base ** (exponent + 1) / ((exponent + 1) * slope)


def _of_double_exponential(exponent: Expr, x: Symbol) -> Expr | None:
    """An antiderivative of ``exp(k*exp(t*x))``: that exponent's exponential integral, over t."""
    inner = exponent.as_independent(x, as_Add=False)[1]
    rate, _ = affine(inner.exp, x) if isinstance(inner, sympy.exp) else (None, None)
    return None if rate is None else sympy.Ei(exponent) / rate


def _of_log(statistic: Expr, x: Symbol) -> Expr | None:
    """An antiderivative of the log of a quadratic polynomial, or of 1 and an exponential."""
    constant, rest = statistic.args[0].as_independent(x, as_Add=True)
    inner = rest.as_independent(x, as_Add=False)[1]
    rate, _ = affine(inner.exp, x) if isinstance(inner, sympy.exp) else (None, None)
    slope, shift = affine(statistic.args[0], x)
    if slope is not None:
        return (x + shift / slope) * (statistic - 1)
    if rate is not None and constant.is_positive:
        return log(constant) * x - sympy.polylog(2, -rest / constant) / rate
    _, centre, spread = quadratic(statistic.args[0], x)
    if centre is None or not spread.is_positive:
        return None
    shift = sum_of(x, product_of(-1, centre))
    turn = atan_of(product_of(shift, power_of(spread, S.NegativeOne)))
    return sum_of(product_of(shift, statistic), product_of(-2, x), product_of(2, spread, turn))


def _of_log_power(inside: Expr, exponent: int, x: Symbol) -> Expr | None:
    """An antiderivative of a power of a log, by parts."""
    slope, _ = affine(inside, x)
    if slope is None or not 2 <= exponent <= HIGHEST_POWER:
        return None
    value: Expr = S.One
    for n in range(1, exponent + 1):
        value = log(inside) ** n - n * value
    return inside * value / slope


def _at(primitive: Expr, x: Symbol, end: Expr, side: str) -> Expr | None:
    """The value at an end, as a limit where the expression itself has none."""
    value = replaced(primitive, {x: end})
    if value.has(*_INFINITE):
        value = sympy.limit(primitive, x, end, side)
        if value.has(*_INFINITE):
            return None
    return joined_exponentials(as_powers(value)) if value.has(sympy.exp) else value


RULE = Rule("interval", "antiderivative between the ends", recognise)
