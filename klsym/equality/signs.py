"""Signs within a normal form: of an expression, of a fraction over atoms, of a factor.

+1 and -1 are proved: on the whole domain up to a thin set, and at each value of the integer
symbols.  What coefficients and structure do not settle is asked of the Context, after a sum of
logarithms was replaced by the product that has the same sign beside 1, and a difference of two
exponentials by the difference of their exponents.
"""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, Any

import sympy
from flint import fmpq_mpoly
from sympy import S

from klsym.equality.field import Ratio
from klsym.equality.radicals import with_root

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

LONGEST_PRODUCT = 24
"""The degree up to which a sum of logarithms is made one product."""


def sign_of(algebra: Algebra, expr: Any) -> int | None:
    """+1, -1, or 0 if that is proved of an expression; None if nothing is."""
    if expr.is_Rational:
        return 1 if expr.p > 0 else -1 if expr.p < 0 else 0
    memo = algebra.expression_signs
    if expr not in memo:
        memo[expr] = None
        memo[expr] = _structure(algebra, expr)
    return memo[expr]


def _structure(algebra: Algebra, expr: Any) -> int | None:
    if expr.is_Mul:
        sign: int | None = 1
        rest = []
        for arg in expr.args:
            one = sign_of(algebra, arg)
            if one is None:
                rest.append(arg)
            elif sign is not None:
                sign *= one
        if not rest or sign is None:
            return sign
        other = _ask(algebra, sympy.Mul(*rest))
        return None if other is None else sign * other
    if expr.is_Pow and expr.base is not S.Exp1:
        return _power(algebra, expr)
    if isinstance(expr, sympy.exp | sympy.cosh):
        return 1
    if isinstance(expr, sympy.Abs):
        return _even(algebra, expr.args[0])
    return _ask(algebra, expr)


def _power(algebra: Algebra, expr: Any) -> int | None:
    base, exponent = expr.args
    sign = sign_of(algebra, base)
    if sign == 1:
        return 1
    if not exponent.is_Integer:
        return None
    if sign is not None:
        return sign if exponent.p % 2 else sign * sign
    if exponent.p % 2:
        return _ask(algebra, base)
    return _even(algebra, base)


def _even(algebra: Algebra, base: Any) -> int | None:
    """Of an even power, or of the absolute value."""
    value = algebra.value(base)
    if algebra.field.is_zero(value):
        return None
    if base.free_symbols & algebra.strict and not algebra.context.nonzero(base):
        return None
    algebra.suspect(value.top)
    return 1


def _ask(algebra: Algebra, expr: Any) -> int | None:
    if expr.is_Symbol:
        return sign_of_symbol(algebra, expr)
    if not expr.is_Add and not expr.is_Mul:
        sign = algebra.context.sign(expr)
        if sign is not None:
            return sign
    value = algebra.value(expr)
    sign = _coefficients(algebra, value)
    if sign is None and (expr.is_Add or expr.is_Mul):
        sign = algebra.context.sign(expr)
    return sign_of_ratio(algebra, value) if sign is None else sign


def sign_of_symbol(algebra: Algebra, symbol: Any) -> int | None:
    """The sign of a symbol by its domain or by the relations, its zero being a thin set."""
    context = algebra.context
    sign = context.sign(symbol)
    if sign is None and context.relations:
        # The context consults its relations for products, not for a symbol alone.
        sign = context.sign(2 * symbol)
    if sign is None and symbol not in algebra.strict:
        sign = 1 if context.nonnegative(symbol) else -1 if context.nonnegative(-symbol) else None
    return sign


def sign_of_ratio(algebra: Algebra, value: Ratio, depth: int = 3) -> int | None:
    """The same for a fraction over atoms."""
    if algebra.field.is_zero(value):
        return 0
    key = (str(value.top), str(value.bottom))
    memo = algebra.ratio_signs
    if key not in memo:
        memo[key] = None
        memo[key] = _coefficients(algebra, value) or _factors(algebra, value, depth)
    return memo[key]


def _coefficients(algebra: Algebra, value: Ratio) -> int | None:
    top, bottom = _definite(algebra, value.top), _definite(algebra, value.bottom)
    return top * bottom if top and bottom else None


def _definite(algebra: Algebra, p: fmpq_mpoly) -> int | None:
    """The sign that all terms share; some term must be different from zero everywhere."""
    field = algebra.field
    atoms = field.atoms
    common, certain, strict = 0, False, False
    for monomial, coefficient in zip(p.monoms(), p.coeffs(), strict=True):
        sign, whole = (1 if coefficient > 0 else -1), True
        for place, power in enumerate(monomial):
            if not power:
                continue
            atom = atoms[place]
            strict = strict or bool(atom.symbols & algebra.strict)
            if atom.sign is None:
                if power % 2:
                    return None
                whole = False
            elif atom.sign < 0 and power % 2:
                sign = -sign
        if common and sign != common:
            return None
        common, certain = sign, certain or whole
    if strict and not certain:
        return None
    return common or None


def factor_sign(algebra: Algebra, factor: fmpq_mpoly, depth: int = 3) -> int | None:
    """The sign of an irreducible polynomial whose leading coefficient is 1."""
    memo = algebra.factor_signs
    key = str(factor)
    if key not in memo:
        memo[key] = None
        memo[key] = _irreducible(algebra, factor, depth)
    return memo[key]


def _irreducible(algebra: Algebra, factor: fmpq_mpoly, depth: int) -> int | None:
    sign = _definite(algebra, factor)
    if sign is None:
        expr = algebra.express(factor)
        sign = algebra.context.sign(expr) or None
        if sign is None and not expr.free_symbols & algebra.strict:
            if algebra.context.nonnegative(expr):
                algebra.suspect(factor)
                return 1
            if algebra.context.nonnegative(-expr):
                algebra.suspect(factor)
                return -1
    if sign is None and depth:
        sign = _by_norm(algebra, factor, depth)
    if sign is None and depth:
        other = _surrogate(algebra, factor)
        if other is not None:
            return sign_of_ratio(algebra, other, depth - 1) or None
    return sign


def _by_norm(algebra: Algebra, factor: fmpq_mpoly, depth: int) -> int | None:
    """The sign of ``P + Q*r`` with a square root r > 0, by that of its norm ``P**2 - Q**2*d``."""
    found = with_root(algebra, factor)
    if found is None:
        return None
    unit = algebra.field.unit
    norm = sign_of_ratio(algebra, Ratio(found.norm, unit), depth - 1)
    if not norm:
        return None
    leading = found.plain if norm > 0 else found.factor
    return sign_of_ratio(algebra, Ratio(leading, unit), depth - 1) or None


def _factors(algebra: Algebra, value: Ratio, depth: int) -> int | None:
    """Factors of known sign apart; the others together, by what has the same sign."""
    field = algebra.field
    if depth == 0:
        return None
    sign, rest, open_ones, replaced = 1, field.one, 0, False
    for part in value:
        content, factors = field.factor(part)
        sign *= 1 if content > 0 else -1
        for factor, power in factors:
            lead = factor.leading_coefficient()
            monic = factor / lead
            one = factor_sign(algebra, monic, depth)
            if power % 2:
                sign *= 1 if lead > 0 else -1
            elif one is None and not never_zero(algebra, monic):
                return None
            else:
                continue
            if one is not None:
                sign *= one
                continue
            other = _surrogate(algebra, monic)
            open_ones += 1
            replaced = replaced or other is not None
            rest = field.multiply(rest, other or Ratio(monic, field.unit))
    if not open_ones:
        return sign
    # Two open factors may have one sign: log(x) and x - 1.
    other_sign = sign_of_ratio(algebra, rest, depth - 1) if replaced and open_ones > 1 else None
    return sign * other_sign if other_sign else None


def never_zero(algebra: Algebra, factor: fmpq_mpoly) -> bool:
    """Whether a factor is zero on a thin set at most, and at no value of an integer symbol."""
    expr = algebra.express(factor)
    return not expr.free_symbols & algebra.strict or algebra.context.nonzero(expr)


def _surrogate(algebra: Algebra, factor: fmpq_mpoly) -> Ratio | None:
    """A fraction of the same sign in which a sum of logs, or two exponentials, are undone."""
    field = algebra.field
    terms = []
    for monomial, coefficient in zip(factor.monoms(), factor.coeffs(), strict=True):
        places = [(place, power) for place, power in enumerate(monomial) if power]
        terms.append((places, coefficient))
    if all(
        len(places) == 1 and places[0][1] == 1 and field.atoms[places[0][0]].kind == "log"
        for places, _ in terms
    ):
        return _product_less_one(algebra, [(places[0][0], c) for places, c in terms])
    if len(terms) == 2 and any(
        field.atoms[place].kind == "exp" for places, _ in terms for place, _ in places
    ):
        return _exponents(algebra, terms)
    return None


def _product_less_one(algebra: Algebra, terms: list[tuple[int, Any]]) -> Ratio | None:
    """``a*log f + b*log g`` has the sign of ``f**a * g**b - 1``, where a log of |f| counts f*f."""
    field = algebra.field
    scale = 1
    for _, coefficient in terms:
        scale = lcm(scale, int(coefficient.q))
    product = field.one
    powers = [(place, int((c * scale).p)) for place, c in terms]
    if sum(abs(power) for _, power in powers) > LONGEST_PRODUCT:
        return None
    known = {place: factor_sign(algebra, field.atoms[place].value, 1) for place, _ in powers}
    square = 1 if all(known.values()) else 2
    for place, power in powers:
        base = field.scale(Ratio(field.atoms[place].value, field.unit), known[place] or 1)
        product = field.multiply(product, field.power(base, power * square))
    difference = field.subtract(product, field.one)
    return None if field.is_zero(difference) else difference


def _exponents(algebra: Algebra, terms: list[Any]) -> Ratio | None:
    """``A - B`` with A, B positive has the sign of ``log A - log B``."""
    from klsym.equality.logarithms import log_of_ratio

    field = algebra.field
    (first, c), (second, d) = terms
    if (c > 0) == (d > 0):
        return None
    for place, power in (*first, *second):
        atom = field.atoms[place]
        if atom.sign != 1 and (power % 2 or atom.symbols & algebra.strict):
            return None
    ratio = field.one
    for places, direction in ((first, 1), (second, -1)):
        for place, power in places:
            generator = Ratio(field.generators[place], field.unit)
            ratio = field.multiply(ratio, field.power(generator, direction * power))
    ratio = field.scale(ratio, abs(c) / abs(d))
    difference = log_of_ratio(algebra, ratio)
    if field.is_zero(difference):
        return None
    # log A - log B > 0 where the first term outweighs the second.
    return difference if c > 0 else field.negate(difference)
