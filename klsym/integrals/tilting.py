"""Tilting: a power of a quotient of densities as one exponential, which tilts the density.

E_p[g(x)*exp(h(x))] = Z(p*exp(h))/Z(p) * E'[g(x)]

where Z is the integral of its argument and E' the mean under p*exp(h), normalised.  A product of
powers of densities is such an exponential, with h = sum of exponents times logs, so one master
integral gives it at the tilted coefficients; it converges where the tilted integral does, and is
infinite elsewhere.

>>> from klsym import derive
>>> result = derive("Renyi(Exponential(a), Exponential(b), order=2)")
>>> print(result, result.conditions)
log(a**2/(b*(2*a - b))) (b < 2*a,)

Reference: Liese and Vajda, Convex Statistical Distances (1987), ch. 2: Hellinger integrals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, S, Symbol

from klsym.canonical import (
    absolute_of,
    cancelled,
    exp_of,
    factored,
    has_any,
    log_of,
    multiplied_out,
    parts,
    parts_of,
    power_of,
    product_of,
    replaced,
    sum_of,
)
from klsym.domain import Context
from klsym.integrals.kernel import exp_of_logs
from klsym.integrals.lengths import gathered, shortest
from klsym.integrals.logarithm import log_terms
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import Statistics, separate

RULE = Rule("tilting", "powers of densities as one exponential")

HIGHEST_DEGREE, HIGHEST_ROOT = 24, 4
"""Of a higher power, or a higher root of a number, no polynomial is made."""


@dataclass(frozen=True)
class Tilt:
    """A product as ``constant * exp(exponent) * rest``; the exponent is a sum of statistics.

    ``series`` holds what may be negative under an exponent that is an integer: the mean is a power
    series in it, and converges where the one in its absolute value does.
    """

    constant: Any
    exponent: Statistics
    rest: Any
    series: tuple[Any, ...] = ()

    def sizes(self, exponent: Statistics) -> Statistics:
        """An exponent with the absolute value of what may be negative."""
        logs = {log_of(base): log_of(absolute_of(base)) for base in self.series}
        return {statistic: replaced(c, logs) for statistic, c in exponent.items()}


def tilt_of(
    statistic: Expr,
    x: Symbol,
    context: Context,
    *,
    powers: bool = True,
    real: bool = False,
    signed: bool = False,
) -> Tilt | None:
    """The exponential in a product, or None if it has none.

    A power of x is part of it where x is positive, unless ``powers`` is False; ``real`` says that
    what stands under an exponent that need not be an integer is a density, and so positive; with
    ``signed`` so is a power of what may be negative whose exponent is an integer.
    """
    powers = powers and x.is_positive is True
    exponents: list[Expr] = []
    rest: list[Expr] = []
    series: list[Expr] = []
    for factor in sympy.Mul.make_args(statistic):
        base, exponent = factor.as_base_exp()
        if not factor.has(x) or (base == x and not powers):
            rest.append(factor)
        elif isinstance(factor, sympy.exp):
            exponents.append(factor.exp)
        elif not isinstance(factor, sympy.log) and (
            _is_positive(base, x, context) or (real and exponent.is_integer is not True)
        ):
            exponents += [c * exponent * atom for c, atom in log_terms(base, context)]
        elif signed and exponent.is_integer and not base.has(x) and not base.is_number:
            exponents.append(exponent * log_of(base))
            series.append(base)
        else:
            rest.append(factor)
    if not exponents or (not powers and any(e.has(log_of(x)) for e in exponents)):
        return None
    exponent = separate(sum_of(*exponents), x)
    constant = exponent.pop(S.One, S.Zero)
    return Tilt(exp_of_logs(sympy.expand(constant)), exponent, product_of(*rest), tuple(series))


def _is_positive(base: Expr, x: Symbol, context: Context) -> bool:
    return bool(base == x or base.is_positive or context.sign(base) == 1)


def as_exponentials(expr: Expr, x: Symbol, context: Context) -> Any:
    """A sum with each of its products over the variate written as one exponential."""
    terms = []
    for statistic, coefficient in separate(expr, x).items():
        tilt = tilt_of(statistic, x, context, real=True) if statistic.has(x) else None
        if tilt is not None and not statistic.is_Symbol:
            exponent = sum_of(*(c * t for t, c in tilt.exponent.items()))
            statistic = tilt.constant * exp_of(exponent) * tilt.rest
        terms.append(coefficient * statistic)
    return sum_of(*terms)


def neat(value: Expr, context: Context) -> Any:
    """A quotient of integrals with one exponential, and each sum in it over one denominator."""
    factors: list[Expr] = []
    for factor in sympy.Mul.make_args(joined_exponentials(as_powers(_without_towers(value)))):
        base, exponent = factor.as_base_exp()
        if isinstance(factor, sympy.exp) and is_fraction(factor.exp):
            factors.append(exp_of(shortest((factored(factor.exp), factor.exp))))
        elif base.is_Add and is_fraction(base):
            above, below = sympy.fraction(factored(base))
            if context.sign(below) == -1:
                above, below = (sympy.expand_mul(-part) for part in (above, below))
            factors += [above**exponent, below**-exponent]
        else:
            factors.append(factor)
    return product_of(*factors)


def _without_towers(value: Expr) -> Any:
    """A value without powers of powers, and with one power of each base."""
    towers = (p for p in _powers(value) if p.base.is_Mul or (p.base.args and not p.base.is_Add))
    flat = {p: _flat_power(p) for p in towers}
    if None in flat.values():
        return sympy.powdenest(value)
    value = replaced(value, flat)
    exponents: dict[Any, list[Any]] = {}
    rest: list[Any] = []
    for factor in sympy.Mul.make_args(value):
        if factor.is_Number or isinstance(factor, sympy.exp):
            rest.append(factor)
        else:
            base, exponent = factor.as_base_exp()
            exponents.setdefault(base, []).append(exponent)
    powers = (power_of(base, multiplied_out(sum_of(*e))) for base, e in exponents.items())
    return product_of(*rest, *powers)


def _flat_power(power: Expr) -> Any:
    """``(s**2/2)**e`` as ``2**-e*s**(2*e)``, for s positive; None of another base."""
    parts_of_base = []
    for factor in sympy.Mul.make_args(power.base):
        base, exponent = factor.args if factor.is_Pow else (factor, S.One)
        positive = (base.is_Rational and base.p > 0) or (base.is_Symbol and base.is_positive)
        if not (positive and exponent.is_Rational):
            return None
        parts_of_base.append(power_of(base, product_of(exponent, power.exp)))
    return product_of(*parts_of_base)


def joined_exponentials(expr: Any, *, apart: bool = False) -> Any:
    """The exponentials of each product in an expression as one.

    With ``apart`` not in a product with a sum of exponentials, which may cancel one of them.
    """

    def join(product: Any) -> Any:
        if apart and _stands_before_sum(product):
            return product
        exponents = [f.exp for f in product.args if isinstance(f, sympy.exp)]
        exponents += [f.base.exp * f.exp for f in product.args if _is_power_of_exp(f)]
        if not exponents:
            return product
        rest = [f for f in product.args if not isinstance(f, sympy.exp) and not _is_power_of_exp(f)]
        total = sum_of(*exponents)
        return product_of(*rest, exp_of(_shortest_exponent(total)))

    return expr.replace(lambda node: node.is_Mul, join)


def _shortest_exponent(total: Expr) -> Any:
    expanded = sympy.expand(total)
    forms = [expanded, total]
    if total.is_Add and is_fraction(total):
        forms += [gathered(expanded)] if expanded.is_Add else []
        forms.append(factored(total))
    return shortest(forms)


def _is_power_of_exp(factor: Expr) -> bool:
    return bool(factor.is_Pow and isinstance(factor.base, sympy.exp))


def with_one_exponential(expr: Any) -> Any:
    """An expression with the exponentials in each product as one, also those in a power's base."""
    nodes = parts(expr)
    exponentials = {node for node in nodes if type(node) is sympy.exp}
    powers = [p for p in nodes if p.is_Pow and not p.exp.is_Integer] if exponentials else []
    towers = {p for p in powers if sympy.exp in map(type, parts(p.base))}
    if len(exponentials) < 2 and not towers:
        return expr
    bases = {p: _spread_power(p) for p in towers if p.base.is_Mul}
    joined = joined_exponentials(_distributed(replaced(expr, bases)), apart=True)
    exponents = {e.exp for e in joined.atoms(sympy.exp) if e.exp.is_Add and is_fraction(e.exp)}
    return replaced(joined, {exp_of(e): exp_of(_shortest_exponent(e)) for e in exponents})


def _is_exp(node: Any) -> bool:
    return type(node) is sympy.exp


def _distributed(expr: Any) -> Any:
    """An expression with each exponential before a sum of exponentials multiplied into it."""

    def before_sum(node: Any) -> bool:
        return _stands_before_sum(node) and not any(
            f.is_Pow and f.base.is_Add and f.has(sympy.Function) for f in node.args
        )

    return expr.replace(before_sum, lambda node: sympy.expand_mul(node, deep=False))


def _stands_before_sum(product: Any) -> bool:
    """Whether an exponential is a factor beside a sum of exponentials."""
    return bool(
        product.is_Mul
        and any(isinstance(f, sympy.exp) for f in product.args)
        and any(f.is_Add and f.has(sympy.exp) for f in product.args)
    )


def _powers(expr: Any) -> set[Any]:
    return {p for p in parts_of(expr, sympy.Pow) if not p.exp.is_Integer}


def _spread_power(power: Expr) -> Any:
    """``(c*exp(u))**e`` as ``c**e*exp(e*u)``, for c positive."""
    base, exponent = power.as_base_exp()
    exponentials = [f for f in base.args if isinstance(f, sympy.exp)]
    rest = product_of(*(f for f in base.args if not isinstance(f, sympy.exp)))
    if not rest.is_positive or not all(e.exp.is_real for e in exponentials):
        return power
    return rest**exponent * exp_of(exponent * sum_of(*(e.exp for e in exponentials)))


def without_nested_fractions(value: Any) -> Any:
    """A value with each rational product whose denominator has fractions in it cancelled."""

    def nested(node: Any) -> bool:
        return node.is_Mul and any(
            f.is_Pow and f.exp.is_negative and f.base.is_Add and _has_below(f.base)
            for f in node.args
        )

    def flat(node: Any) -> Any:
        return shortest((node, cancelled(node))) if is_fraction(node) else node

    denominators = (p.base for p in parts_of(value, sympy.Pow) if p.base.is_Add)
    return value.replace(nested, flat) if any(map(_has_below, denominators)) else value


def _has_below(total: Any) -> bool:
    return any(p.exp.is_negative for p in parts_of(total, sympy.Pow))


def as_powers(expr: Any) -> Any:
    """``exp(c*log(f))`` as ``f**c``, wherever it stands."""
    if not any(has_any(e, sympy.log) for e in parts_of(expr, sympy.Function) if _is_exp(e)):
        return expr
    powers = expr.replace(
        lambda node: isinstance(node, sympy.exp) and node.exp.has(sympy.log),
        lambda node: exp_of_logs(_spread(node.exp)),
    )
    return powers if powers == expr else sympy.powsimp(powers, deep=True, combine="exp")


def _spread(exponent: Expr) -> Any:
    """An exponent with each product that has a sum of logs in it written as a sum."""
    terms = (
        sympy.expand_mul(term)
        if term.is_Mul and any(f.is_Add and f.has(sympy.log) for f in term.args)
        else term
        for term in sympy.Add.make_args(exponent)
    )
    return sum_of(*terms)


def tidied(expr: Expr) -> Any:
    """A sum with its exponentials joined and each of its rational terms as short as it can be."""
    terms: list[Expr] = []
    for term in sympy.Add.make_args(expr):
        spread = sympy.expand_mul(term, deep=False) if term.has(sympy.exp) else term
        terms += sympy.Add.make_args(joined_exponentials(spread))
    return sum_of(*(shortest_form(t) if is_fraction(t) else t for t in terms))


def is_fraction(expr: Expr) -> bool:
    """Whether an expression is a rational function of symbols, of a degree fit for factoring."""
    return bool(expr.free_symbols) and _is_rational(expr)


def _is_rational(expr: Expr) -> bool:
    if expr.is_Symbol or expr.is_Rational:
        return True
    if expr.is_Add or expr.is_Mul:
        return all(map(_is_rational, expr.args))
    if expr.is_Pow and expr.exp.is_Rational:
        degree, root = abs(expr.exp.p), expr.exp.q
        few = degree <= HIGHEST_DEGREE and root <= HIGHEST_ROOT
        return few and (_is_rational(expr.base) if root == 1 else not expr.free_symbols)
    return not expr.free_symbols


def shortest_form(term: Expr) -> Any:
    """The shortest of a rational expression, factored, and as the square of a sum."""
    forms = [term, factored(term)]
    number, rest = term.as_coeff_Mul()
    powers = rest.as_powers_dict()
    if rest.has(sympy.Add) and all(e.is_even for e in powers.values()):
        root = sympy.expand(product_of(*(b ** (e / 2) for b, e in powers.items())))
        forms.append(number * (-root if root.could_extract_minus_sign() else root) ** 2)
    return shortest(forms)
