"""Logarithms: sums of ``log|f|`` over irreducible polynomials f and of ``log p`` over primes.

For a product P that is positive, ``log P`` is the sum of ``log|f|`` over its factors, whatever the
signs of these may be.  So one needs the sign of the whole only; it is proved before.  The
logarithm of an exponential is its exponent, that of a gamma function the atom ``loggamma``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy
from flint import fmpq, fmpq_mpoly, fmpz
from sympy import S

from klsym.equality.doubts import must_be_positive
from klsym.equality.exponentials import power_of_ratio
from klsym.equality.field import Outside, Ratio, Undefined
from klsym.equality.radicals import leading_conjugate, square_root, with_root, without_root
from klsym.equality.signs import factor_sign, sign_of

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

LARGEST_NUMBER = 10**40
"""A larger number is not factored into primes."""


def log(algebra: Algebra, argument: Any) -> Ratio:
    """The logarithm of an expression; doubted unless it is proved to be positive."""
    must_be_positive(algebra, "log", argument)
    return log_of_expression(algebra, argument)


def log_of_expression(algebra: Algebra, expr: Any) -> Ratio:
    """``log|expr|`` of an expression that is real and not zero, up to a thin set."""
    field = algebra.field
    if expr.is_Mul:
        algebra.use("log of a product")
        return field.sum([log_of_expression(algebra, arg) for arg in expr.args])
    if expr.is_Pow and expr.base is not S.Exp1:
        base, exponent = expr.args
        if exponent.is_Integer or sign_of(algebra, base) == 1:
            algebra.use("log of a power")
            return field.multiply(algebra.value(exponent), log_of_expression(algebra, base))
    elif isinstance(expr, sympy.exp):
        algebra.use("log of an exponential")
        return algebra.value(expr.args[0])
    elif isinstance(expr, sympy.Abs):
        return log_of_expression(algebra, expr.args[0])
    rule = algebra.rules.logarithms.get(type(expr))
    if rule is not None:
        total = rule(algebra, expr)
        if total is not None:
            return total
    return log_of_ratio(algebra, algebra.value(expr))


def log_of_ratio(algebra: Algebra, value: Ratio) -> Ratio:
    """``log|value|`` of a fraction that is real and not zero, up to a thin set."""
    field = algebra.field
    if field.is_zero(value):
        raise Undefined("the logarithm of zero")
    value = field.cancel(value)
    total = _log_of_polynomial(algebra, value.top)
    if not value.bottom.is_one():
        algebra.use("log of a quotient")
        total = field.subtract(total, _log_of_polynomial(algebra, value.bottom))
    return total


def _log_of_polynomial(algebra: Algebra, p: fmpq_mpoly) -> Ratio:
    key = str(p)
    known = algebra.logarithms.get(key)
    if known is None:
        known = algebra.logarithms[key] = _factored(algebra, p)
    return known


def _factored(algebra: Algebra, p: fmpq_mpoly) -> Ratio:
    field = algebra.field
    content, factors = field.factor(p)
    total = log_of_number(algebra, content)
    for factor, power in factors:
        lead = factor.leading_coefficient()
        if lead != 1:
            total = field.add(total, field.scale(log_of_number(algebra, lead), power))
        total = field.add(total, field.scale(log_of_factor(algebra, factor / lead), power))
    if len(factors) > 1 or any(power > 1 for _, power in factors):
        algebra.use("log of a product")
    return total


def log_of_number(algebra: Algebra, number: fmpq) -> Ratio:
    """``log|number|`` by primes."""
    field = algebra.field
    total = field.zero
    for part, sign in ((abs(int(number.p)), 1), (int(number.q), -1)):
        if part == 1:
            continue
        if part > LARGEST_NUMBER:
            raise Outside("the logarithm of a very large number")
        for prime, power in fmpz(part).factor():
            term = algebra.atom("log of a prime", int(prime), _log_of(prime), sign=1, value=prime)
            total = field.add(total, field.scale(term, sign * power))
    return total


def _log_of(prime: Any) -> Any:
    return lambda: sympy.log(int(prime))


def log_of_factor(algebra: Algebra, factor: fmpq_mpoly) -> Ratio:
    """``log|f|`` of an irreducible polynomial with leading coefficient 1."""
    field = algebra.field
    places = field.used(factor)
    if len(places) == 1 and factor == field.generators[places[0]]:
        atom = field.atoms[places[0]]
        share = fmpq(1, field.root(atom.key))
        if atom.kind == "exp":
            algebra.use("log of an exponential")
            return field.scale(atom.value, share)
        if atom.kind == "gamma":
            return field.scale(log_gamma_atom(algebra, *atom.value), share)
        if atom.kind == "root of a prime":
            return field.scale(log_of_number(algebra, fmpq(atom.value)), share)
        if atom.kind == "root":
            return field.scale(_log_of_polynomial(algebra, atom.value), share)
        power = field.generators[places[0]] ** field.root(atom.key)
        return field.scale(_log_atom(algebra, power), share)
    return _log_of_nested(algebra, factor) or _log_atom(algebra, factor)


def _log_of_nested(algebra: Algebra, factor: fmpq_mpoly) -> Ratio | None:
    """``log|f|`` of a polynomial with a square root in it: twice that of its root, or by N."""
    field = algebra.field
    found = with_root(algebra, factor)
    if found is None:
        return None
    sign = factor_sign(algebra, factor)
    if sign is not None and square_root(found.norm):
        algebra.use("nested radical")
        root = power_of_ratio(algebra, Ratio(factor * sign, field.unit), fmpq(1, 2))
        return field.scale(log_of_ratio(algebra, root), 2)
    whole = without_root(algebra, factor)
    if whole is not None:
        algebra.use("conjugate radicals")
        logs = (log_of_ratio(algebra, Ratio(part, field.unit)) for part in whole)
        return field.sum(logs)
    if leading_conjugate(algebra, factor) is None:
        return None
    algebra.use("conjugate radicals")
    norm = log_of_ratio(algebra, Ratio(found.norm, field.unit))
    return field.subtract(norm, log_of_ratio(algebra, Ratio(found.conjugate, field.unit)))


def _log_atom(algebra: Algebra, f: fmpq_mpoly) -> Ratio:
    field = algebra.field
    value = Ratio(f, field.unit)

    def expression() -> Any:
        sign = factor_sign(algebra, f)
        argument = algebra.express(value)
        return sympy.log(sympy.Abs(argument) if sign is None else sign * argument)

    return algebra.atom(
        "log",
        str(f),
        expression,
        symbols=field.symbols_of(value),
        value=f,
    )


def log_gamma_atom(algebra: Algebra, base: Ratio) -> Ratio:
    """``log|gamma(base)|`` as an atom."""

    def head(z: Any) -> Any:
        return sympy.log(sympy.Abs(sympy.gamma(z)))

    return algebra.function("loggamma", head, base)
