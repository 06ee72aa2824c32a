"""Logarithm of a product: log(prod f_i**e_i) = sum e_i log(f_i).

Holds where every factor is positive; an even power of a factor of unknown sign gives the log of
its absolute value.  Gamma, beta, factorial and binomial give log-gammas, an exponential gives its
exponent, and an integer the logs of its primes.

>>> from sympy import symbols, exp, log
>>> from klsym.domain import Context
>>> x, s = symbols("x s", positive=True)
>>> sorted(log_terms(s**2 * exp(-x / s) / x, Context()), key=str)
[(-1, log(x)), (-x/s, 1), (2, log(s))]

Reference: any table of logarithms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy
from sympy import Expr, S

from klsym.canonical import (
    absolute_of,
    exp_of,
    factored,
    has_any,
    log_gamma_of,
    log_of,
    parts_of,
    product_of,
    replaced,
    shared_out,
    sum_of,
)
from klsym.domain import Context
from klsym.expectation import DensityAt
from klsym.integrals.rule import Rule

RULE = Rule("logarithm", "logarithm of a product")

LARGEST_FACTORED = 10**12
"""A larger integer is left whole: factoring it may take for ever."""

LARGEST_TRIED = 1000
"""A smaller integer is divided by one number after the other."""

HIGHEST_POWER = 64
"""A factor to a higher power stays outside the log."""

HYPERBOLIC = (sympy.cosh, sympy.sinh, sympy.sech, sympy.csch, sympy.tanh, sympy.coth)

GAMMAS: dict[Any, Callable[..., tuple[list[Any], list[Any]]]] = {
    sympy.gamma: lambda x: ([x], []),
    sympy.factorial: lambda n: ([sum_of(n, S.One)], []),
    sympy.beta: lambda a, b, *_: ([a, b], [sum_of(a, b)]),
    sympy.binomial: lambda n, k: (
        [sum_of(n, S.One)],
        [sum_of(k, S.One), sum_of(n, product_of(S.NegativeOne, k), S.One)],
    ),
}
"""Functions that are quotients of gamma functions: at what those above stand, and those below."""

Terms = list[tuple[Any, Any]]
"""A sum of products, each a coefficient and an atom."""


def log_terms(expr: Expr, context: Context) -> Terms:
    """The log of a positive expression as a sum of coefficients times atoms.

    Atoms are logs of single factors, log-gammas, and 1 for what stood in an exponent.
    """
    terms: Terms = []
    _collect(expr, S.One, context, terms)
    return terms


def expand_log(expr: Expr, context: Context) -> Expr:
    """The log of a positive expression, expanded."""
    return sum_of(
        *(product_of(coefficient, atom) for coefficient, atom in log_terms(expr, context))
    )


def joined_log(expr: Expr, context: Context) -> Any:
    """The log of a positive expression, its factors to the same power in one log."""
    groups: dict[Any, list[tuple[Any, Any]]] = {}
    rest = S.Zero
    for coefficient, atom in log_terms(expr, context):
        if isinstance(atom, sympy.log):
            number, symbolic = coefficient.as_coeff_Mul()
            groups.setdefault(symbolic, []).append((number, atom.args[0]))
        else:
            rest += coefficient * atom
    logs = []
    for symbolic, factors in groups.items():
        if any(abs(number) > HIGHEST_POWER for number, _ in factors):
            logs += [number * symbolic * log_of(factor) for number, factor in factors]
            continue
        unit = S.Half if any(number.q == 2 for number, _ in factors) else S.One
        product = product_of(*(factor ** (number / unit) for number, factor in factors))
        logs.append(unit * symbolic * log_of(product))
    return sum_of(rest, *logs)


def _collect(expr: Any, power: Any, context: Context, terms: Terms) -> None:
    if expr.is_Symbol:
        terms.append((power, log_of(expr)))
    elif expr.is_Mul and len(expr.args) == 2 and expr.args[0] is S.NegativeOne:
        base, exponent = expr.args[1].as_base_exp()
        odd = exponent.is_Integer and exponent % 2 == 1
        terms.append((product_of(power, exponent), log_of(-base)) if odd else (power, log_of(expr)))
    elif expr.is_Mul:
        _collect_product(expr, power, context, terms)
    elif isinstance(expr, DensityAt):
        _collect(expr.value, power, context, terms)
    elif expr.is_Pow:
        _collect_power(expr, power, context, terms)
    elif type(expr) is sympy.exp:
        terms.append((product_of(power, _logs_within(expr.args[0], context)), S.One))
    elif expr.is_Rational:
        _collect_integer(expr.p, power, terms)
        _collect_integer(expr.q, product_of(S.NegativeOne, power), terms)
    elif isinstance(expr, HYPERBOLIC):
        _collect(expr.rewrite(sympy.exp), power, context, terms)
    elif type(expr) in GAMMAS:
        above, below = GAMMAS[type(expr)](*expr.args)
        terms += [(power, log_gamma_of(argument)) for argument in above]
        negative = product_of(S.NegativeOne, power) if below else power
        terms += [(negative, log_gamma_of(argument)) for argument in below]
    elif expr is S.Exp1:
        terms.append((power, S.One))
    elif expr.is_Add and (product := _as_product(expr)) is not None:
        _collect(product, power, context, terms)
    elif expr is not S.One:
        terms.append((power, log_of(expr)))


def _logs_within(expr: Expr, context: Context) -> Any:
    """An exponent with the logs of products in it expanded."""
    logs = [a for a in parts_of(expr, sympy.log) if a.args[0].is_Mul and a.args[0].free_symbols]
    return replaced(expr, {a: expand_log(a.args[0], context) for a in logs}) if logs else expr


def _as_product(expr: Expr) -> Any:
    """A sum with what its terms share taken out, or a power of a sum of exponentials, or None.

    ``x - x**2`` is ``x*(1 - x)``, ``exp(x) + exp(-x)`` is ``exp(-x)*(exp(2*x) + 1)``, and
    ``exp(2*x) + 2*exp(x) + 1`` is ``(exp(x) + 1)**2``.
    """
    if has_any(expr, *HYPERBOLIC):
        expr = sympy.expand_mul(expr.rewrite(sympy.exp))
    exponents = [_exponent(term) for term in sympy.Add.make_args(expr)]
    if all(exponents) and (least := _least(exponents)) is not None:
        rest = sympy.expand(expr * exp_of(-least), power_exp=False, log=False)
        return sympy.Mul(exp_of(least), sympy.powsimp(rest), evaluate=False)
    if any(exponents):
        whole = factored(expr) if len(exponents) > 2 else expr
        factors = dict(f.as_base_exp() for f in sympy.Mul.make_args(whole))
        sums = [exponent for base, exponent in factors.items() if base.is_Add]
        return whole if len(sums) == 1 and sums[0].is_Integer and sums[0] > 1 else None
    shared = shared_out(expr)
    parts = [f for f in sympy.Mul.make_args(shared) if not f.is_number and not f.is_Add]
    return shared if parts else None


def _exponent(term: Expr) -> Any:
    """The exponent of a term with one exponential of a symbol, None for another term."""
    found = [f.args[0] for f in sympy.Mul.make_args(term) if type(f) is sympy.exp]
    return found[0] if len(found) == 1 and found[0].free_symbols else None


def _least(exponents: list[Any]) -> Any:
    """The exponent that is the negative of another one, if each of them is or is 0."""
    return next((e for e in exponents if e.could_extract_minus_sign() and -e in exponents), None)


def _collect_product(expr: Expr, power: Expr, context: Context, terms: Terms) -> None:
    """The product is positive, so one factor of unknown sign has the sign of all the others."""
    signs = [_sign(factor, context) for factor in expr.args]
    odd = signs.count(-1) % 2
    if odd and None not in signs:
        terms.append((power, log_of(expr)))  # It has no real value.
        return
    unknown = [factor for factor, sign in zip(expr.args, signs, strict=True) if sign is None]
    paired = len(unknown) == 2 and _is_positive_pair(*unknown)
    if paired:
        terms.append((power, log_of(product_of((-1) ** odd, *unknown))))
    for factor, sign in zip(expr.args, signs, strict=True):
        if sign is None and paired:
            continue
        if sign is None and len(unknown) == 1:
            sign = -1 if odd else 1
        if sign is None:
            factor = absolute_of(factor)
        elif sign == -1:
            factor = product_of(S.NegativeOne, factor)
        _collect(factor, power, context, terms)


def _is_positive_pair(*factors: Expr) -> bool:
    """Whether the factors are atanh(u) and u, up to sign and inversion."""
    bases = [f.as_base_exp()[0] for f in factors if abs(f.as_base_exp()[1]) == 1]
    odd = [base for base in bases if isinstance(base, sympy.atanh)]
    return (
        len(bases) == 2
        and len(odd) == 1
        and any(b in (odd[0].args[0], -odd[0].args[0]) for b in bases)
    )


def _sign(expr: Expr, context: Context) -> int | None:
    if type(expr) is sympy.exp or isinstance(expr, DensityAt):
        return 1
    if isinstance(expr, sympy.Piecewise) and all(_sign(v, context) == 1 for v, _ in expr.args):
        return 1
    return context.sign(expr) or None


def _collect_power(expr: Expr, power: Expr, context: Context, terms: Terms) -> None:
    base, exponent = expr.as_base_exp()
    if exponent.is_Integer:
        sign = _sign(base, context)
        if sign == -1:
            base = product_of(S.NegativeOne, base)
        elif sign is None and exponent.p % 2 == 0:
            base = absolute_of(base)
    _collect(base, product_of(power, exponent), context, terms)


def _collect_integer(integer: int, power: Expr, terms: Terms) -> None:
    if integer == 1:
        return
    if integer > LARGEST_FACTORED:
        terms.append((power, log_of(integer)))
        return
    for prime, multiplicity in primes_of(int(integer)):
        terms.append((product_of(multiplicity, power), log_of(sympy.Integer(prime))))


def primes_of(integer: int) -> Iterator[tuple[int, int]]:
    """The primes of a positive integer, each with how often it divides it."""
    if integer > LARGEST_TRIED:
        yield from sympy.factorint(integer).items()
        return
    prime = 2
    while integer > 1:
        count = 0
        while integer % prime == 0:
            integer, count = integer // prime, count + 1
        if count:
            yield prime, count
        prime += 1
