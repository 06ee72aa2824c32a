"""Integral over a bounded interval of a polynomial times a log, a power or an exponential.

integral of W(x)*log(k*(x - c)) = V(x)*log(k*(x - c)) - integral of V(x)/(x - c),  V' = W, V(c) = 0

where V(x)/(x - c) is a polynomial again; a quadratic without zeros gives an arctangent.  With
exp(t*x) for the log it is the sum of (-1)**j * W^(j)(x)*exp(t*x)/t**(j + 1), and with a power of x
each term of W gives another power.

>>> from klsym import derive
>>> print(derive("E(p, log(x))", let=["p(x) = 6*(x - 1)*(2 - x) on (1, 2)"]))
19/6 - 4*log(2)

Reference: integration by parts.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy
from sympy import Expr, S, Symbol, exp, log

from klsym.canonical import cancelled, factored, product_of, replaced, sum_of
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel, truncated
from klsym.integrals.logarithm import expand_log
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import affine, quadratic, separate

HIGHEST_DEGREE = 12


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of a product of natural powers of polynomials, between two finite ends."""
    x, carrier = integrand.variate, integrand.carrier
    if integrand.discrete or not (integrand.lower.is_finite and integrand.upper.is_finite):
        return None
    if not carrier or carrier.keys() == {integrand.log}:
        return None
    weight: Expr = S.One
    for statistic, power in carrier.items():
        if not (isinstance(statistic, log) and power.is_Integer and power > 0):
            return None
        factor = statistic.args[0]
        if not factor.is_polynomial(x) or power * sympy.degree(factor, x) > HIGHEST_DEGREE:
            return None
        weight *= factor**power
    polynomial = sympy.Poly(weight, x)
    if polynomial.degree() > HIGHEST_DEGREE:
        return None

    def between(statistic: Expr, low: Expr, high: Expr) -> Expr | None:
        return by_parts(polynomial, statistic, low, high, integrand)

    return truncated(RULE.name, integrand, between)


def by_parts(
    weight: sympy.Poly, statistic: Expr, low: Expr, high: Expr, integrand: Integrand
) -> Expr | None:
    """The integral of a polynomial times a statistic between two points, or None."""
    x = integrand.variate
    factors = sympy.Mul.make_args(statistic)
    other = product_of(*(f for f in factors if not f.is_polynomial(x)))
    if not other.has(x):
        weight = weight * sympy.Poly(statistic, x)
        return _difference(weight.integrate().as_expr(), x, low, high)
    weight = weight * sympy.Poly(product_of(*(f for f in factors if f.is_polynomial(x))), x)
    if isinstance(other, log):
        return _with_log(weight, other, low, high, integrand)
    if isinstance(other, exp):
        rate, _ = affine(other.exp, x)
        if rate is None or integrand.context.sign(rate) in (None, 0):
            return None
        terms, derived, sign = S.Zero, weight, 1
        for order in range(weight.degree() + 1):
            terms += sign * derived.as_expr() / rate ** (order + 1)
            derived, sign = derived.diff(), -sign
        return _difference(terms * other, x, low, high)
    base, exponent = other.as_base_exp()
    if base != x or exponent.has(x) or not integrand.on_positive:
        return None
    powers = [(n + exponent + 1, factor) for (n,), factor in weight.terms()]
    signs = [integrand.context.sign(power) for power, _ in powers]
    if any(sign in (None, 0) for sign in signs) or (low == 0 and -1 in signs):
        return None
    return _difference(sum_of(*(c * x**p / p for p, c in powers)), x, low, high)


def _with_log(
    weight: sympy.Poly, statistic: Expr, low: Expr, high: Expr, integrand: Integrand
) -> Expr | None:
    x = integrand.variate
    slope, shift = affine(statistic.args[0], x)
    if slope is None:
        head, centre, spread = quadratic(statistic.args[0], x)
        if head is not None and integrand.context.sign(spread**2) == 1:
            return _with_quadratic(weight, statistic, centre, spread, low, high)
        return of_factors(statistic, integrand, lambda t: by_parts(weight, t, low, high, integrand))
    places = [sympy.expand(slope * end + shift) for end in (low, high)]
    if not all(integrand.context.nonnegative(place) for place in places):
        return None
    zero = cancelled(-shift / slope)
    primitive = weight.integrate()
    primitive = primitive - sympy.Poly(primitive.eval(zero), x)
    rest = primitive.div(sympy.Poly(x - zero, x))[0].integrate()
    values = [
        S.Zero if place == 0 else primitive.eval(end) * log(place)
        for place, end in zip(places, (low, high), strict=True)
    ]
    return values[1] - values[0] - _difference(rest.as_expr(), x, low, high)


def _with_quadratic(
    weight: sympy.Poly, statistic: Expr, centre: Expr, spread: Expr, low: Expr, high: Expr
) -> Expr:
    """V*log(Q) less the integral of V*Q'/Q, where Q has no real zero."""
    x = weight.gen
    primitive, shift = weight.integrate(), sympy.Poly(x - centre, x)
    whole, rest = (primitive * 2 * shift).div(shift**2 + sympy.Poly(spread**2, x))
    slope, constant = (rest.coeff_monomial(x**n) for n in (1, 0))
    terms = (
        (primitive.as_expr() - slope / 2) * statistic,
        -whole.integrate().as_expr(),
        -cancelled(constant + slope * centre) / spread * sympy.atan((x - centre) / spread),
    )
    return sum_of(*(_difference(term, x, low, high) for term in terms))


def of_factors(
    statistic: Expr, integrand: Integrand, value: Callable[[Expr], Expr | None]
) -> Expr | None:
    """The value of the log of a product of polynomials, from those of the logs of its factors."""
    terms = separate(expand_log(factored(statistic.args[0]), integrand.context), integrand.variate)
    if statistic in terms:
        return None
    values = {t: value(t) for t in terms}
    if None in values.values():
        return None
    return sum_of(*(product_of(c, values[t]) for t, c in terms.items()))


def _difference(primitive: Expr, x: Symbol, low: Expr, high: Expr) -> Expr:
    return replaced(primitive, {x: high}) - replaced(primitive, {x: low})


RULE = Rule("polynomial", "polynomial, by parts between the ends", recognise)
