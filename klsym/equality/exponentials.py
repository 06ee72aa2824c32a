"""Exponentials and powers: products of exp of single terms, and of roots of irreducible factors.

``exp`` of a sum is split into its terms; ``exp(c*log f)`` becomes ``f**c`` where f is proved to be
positive, ``|f|**c`` by cases otherwise; the ``exp(u)`` that remain have exponents that are
linearly independent over Q, so that no relation between them is missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy
from flint import fmpq, fmpq_mat, fmpq_mpoly, fmpz

from klsym.equality.algebra import Split
from klsym.equality.doubts import open_factors
from klsym.equality.field import Outside, Ratio
from klsym.equality.radicals import denested, leading_conjugate, partner
from klsym.equality.signs import factor_sign, sign_of_ratio

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

Monomial = tuple[tuple[int, int], ...]
"""The generators of a product by their places, each with its power, which may be negative."""


def exp_of(algebra: Algebra, value: Ratio) -> Ratio:
    """The exponential of a fraction."""
    field = algebra.field
    value = field.cancel(value)
    if field.is_zero(value):
        return field.one
    terms, rest = _terms(algebra, value)
    if len(terms) + (rest is not None) > 1:
        algebra.use("exp of a sum")
    result = field.one
    for monomial, coefficient in terms:
        result = field.multiply(result, _exp_of_term(algebra, monomial, coefficient))
    if rest is not None:
        result = field.multiply(result, _exp_of_general(algebra, rest))
    return result


def _terms(algebra: Algebra, value: Ratio) -> tuple[list[tuple[Monomial, fmpq]], Ratio | None]:
    """The terms of a fraction whose denominator is one term; the part for which it is not."""
    field = algebra.field
    top, bottom = value
    rest = None
    if len(bottom) > 1:
        top, left = divmod(top, bottom)
        if not left.is_zero():
            rest = Ratio(left, bottom)
        bottom = field.unit
    below, scale = bottom.monoms()[0], bottom.leading_coefficient()
    terms = []
    for above, coefficient in zip(top.monoms(), top.coeffs(), strict=True):
        powers = tuple(
            (i, a - b) for i, (a, b) in enumerate(zip(above, below, strict=True)) if a != b
        )
        terms.append((powers, coefficient / scale))
    return terms, rest


def _monomial(algebra: Algebra, powers: Monomial) -> Ratio:
    field = algebra.field
    top, bottom = field.unit, field.unit
    for place, power in powers:
        if power > 0:
            top = top * field.generators[place] ** power
        else:
            bottom = bottom * field.generators[place] ** -power
    return Ratio(top, bottom)


def _exp_of_term(algebra: Algebra, powers: Monomial, c: fmpq) -> Ratio:
    field = algebra.field
    if len(powers) == 1:
        ((place, power),) = powers
        atom = field.atoms[place]
        if power == field.root(atom.key):
            if atom.kind == "log of a prime":
                algebra.use("exp of a logarithm")
                return power_of_number(algebra, fmpq(atom.value), c)
            if atom.kind == "log":
                algebra.use("exp of a logarithm")
                return power_of_factor(algebra, atom.value, c)
            if atom.kind == "loggamma":
                algebra.use("exp of a logarithm")
                return power_of_ratio(algebra, gamma_atom(algebra, *atom.value), c)
    value = _monomial(algebra, powers)
    if algebra.general_exponents:
        return _exp_of_general(algebra, field.scale(value, c))
    return _exp_atom(algebra, value, c)


def _exp_atom(algebra: Algebra, value: Ratio, c: fmpq) -> Ratio:
    """``exp(c*value)`` as a power of ``exp(value)`` or of its root."""
    field = algebra.field
    key = field.key(value)
    root = field.need_root(("exp", key), int(c.q))
    algebra.atom(
        "exp",
        key,
        lambda: sympy.exp(algebra.express(value)),
        symbols=field.symbols_of(value),
        sign=1,
        value=value,
    )
    generator = field.generators[field.indices["exp", key]]
    return field.power(Ratio(generator, field.unit), int((c * root).p))


def _exp_of_general(algebra: Algebra, value: Ratio) -> Ratio:
    """By the exponents met so far, if it is a combination of them; else a new one."""
    field = algebra.field
    places = [i for i, atom in enumerate(field.atoms) if atom.kind == "exp"]
    shares = _combination([field.atoms[i].value for i in places], value)
    if shares is not None:
        algebra.use("exp of a sum")
        result = field.one
        for place, share in zip(places, shares, strict=True):
            if share != 0:
                result = field.multiply(result, _exp_atom(algebra, field.atoms[place].value, share))
        return result
    content = value.top.leading_coefficient()
    base = Ratio(value.top / content, value.bottom)
    result = _exp_atom(algebra, base, content)
    algebra.general_exponents.append(len(field.atoms))
    return result


def _combination(values: list[Ratio], wanted: Ratio) -> list[fmpq] | None:
    """Rational numbers with which the values add up to the one wanted, if there are any."""
    if not values:
        return None
    columns = [*values, wanted]
    common = wanted.bottom
    for value in values:
        common = common * (value.bottom / common.gcd(value.bottom))
    rows: dict[Any, list[fmpq]] = {}
    for index, value in enumerate(columns):
        top = value.top * (common / value.bottom)
        for monomial, coefficient in top.to_dict().items():
            rows.setdefault(monomial, [fmpq(0)] * len(columns))[index] = coefficient
    reduced, rank = fmpq_mat(list(rows.values())).rref()
    shares = [fmpq(0)] * len(values)
    for row in range(rank):
        pivot = next(j for j in range(len(columns)) if reduced[row, j] != 0)
        if pivot == len(values):
            return None
        shares[pivot] = reduced[row, len(values)]
    return shares


def power_of_number(algebra: Algebra, number: fmpq, c: fmpq) -> Ratio:
    """A rational power of a positive rational number."""
    field = algebra.field
    result = field.one
    for part, sign in ((int(number.p), 1), (int(number.q), -1)):
        if part == 1:
            continue
        for prime, times in fmpz(part).factor():
            result = field.multiply(result, _power_of_prime(algebra, int(prime), c * sign * times))
    return result


def _power_of_prime(algebra: Algebra, prime: int, c: fmpq) -> Ratio:
    field = algebra.field
    whole = int(c.p // c.q)
    if abs(whole) > 4096:
        raise Outside(f"{prime} to the power {c}")
    result = field.power(field.number(prime), whole)
    left = c - whole
    if left == 0:
        return result
    degree = field.need_root(("root of a prime", prime), int(left.q))
    return field.multiply(
        result, _root(algebra, "root of a prime", prime, field.unit * prime, degree, left)
    )


def _root(algebra: Algebra, kind: str, key: Any, base: fmpq_mpoly, degree: int, c: fmpq) -> Ratio:
    """``base**c`` for 0 < c < 1 by a generator whose power of that degree is the base."""
    field = algebra.field
    value = Ratio(base, field.unit)
    place_of = (kind, key)
    algebra.atom(
        kind,
        key,
        lambda: algebra.express(value),
        symbols=field.symbols_of(value),
        sign=1,
        value=key if kind == "root of a prime" else base,
    )
    place = field.indices[place_of]
    field.relate(place, degree, base)
    return Ratio(field.generators[place] ** int((c * degree).p), field.unit)


def power_of_factor(
    algebra: Algebra, factor: fmpq_mpoly, c: fmpq, sign: int | None = None
) -> Ratio:
    """``|f|**c`` of an irreducible polynomial with leading coefficient 1, f not zero."""
    field = algebra.field
    if c.q == 1 and int(c.p) % 2 == 0:
        return field.power(Ratio(factor, field.unit), int(c.p))
    sign = sign or factor_sign(algebra, factor)
    if sign is None:
        expr = algebra.express(factor)
        raise Split(expr, bool(expr.free_symbols & algebra.strict))
    base = factor * sign
    if c.q == 1:
        return field.power(Ratio(base, field.unit), int(c.p))
    nested = _power_of_nested(algebra, base, c)
    if nested is not None:
        return nested
    places = field.used(base)
    if (
        len(places) == 1
        and len(base) == 1
        and base.leading_coefficient() == 1
        and field.atoms[places[0]].sign == 1
        and field.atoms[places[0]].kind not in ("sin", "cos")
    ):
        # The factor of a logarithm may be a power of the generator, which stands for a root.
        exponent = c * base.total_degree()
        if exponent.q == 1:
            return field.power(Ratio(field.generators[places[0]], field.unit), int(exponent.p))
        # The generator has to stand for a higher root, so the work begins again.
        key = field.atoms[places[0]].key
        field.need_root(key, field.root(key) * int(exponent.q))
    whole = int(c.p // c.q)
    left = c - whole
    degree = field.need_root(("root", str(base)), int(left.q))
    return field.multiply(
        field.power(Ratio(base, field.unit), whole),
        _root(algebra, "root", str(base), base, degree, left),
    )


def _power_of_nested(algebra: Algebra, base: fmpq_mpoly, c: fmpq) -> Ratio | None:
    """``base**c`` of a positive polynomial with a square root in it, by simpler ones if it can."""
    field = algebra.field
    if c.q == 2:
        parts = denested(algebra, base)
        if parts is not None:
            high, low, factor = parts
            half = fmpq(1, 2)
            total = power_of_ratio(algebra, high, half)
            if not field.is_zero(low):
                sign = field.divide(factor, power_of_ratio(algebra, factor, fmpq(1)))
                low = field.multiply(sign, power_of_ratio(algebra, low, half))
                total = field.add(total, low)
            return field.power(total, int(c.p))
    found = leading_conjugate(algebra, base)
    if found is None:
        known = partner(algebra, base) if c.q == 2 else None
        if known is None:
            return None
        algebra.use("nested radical")
        both = Ratio(field.reduce(base * known), field.unit)
        root = power_of_ratio(algebra, both, fmpq(1, 2))
        root = field.divide(root, power_of_ratio(algebra, Ratio(known, field.unit), fmpq(1, 2)))
        return field.power(root, int(c.p))
    algebra.use("conjugate radicals")
    norm = power_of_ratio(algebra, Ratio(found.norm, field.unit), c)
    other = power_of_ratio(algebra, Ratio(found.conjugate, field.unit), c)
    return field.divide(norm, other)


def power_of_ratio(algebra: Algebra, value: Ratio, c: fmpq, *, positive: bool = False) -> Ratio:
    """``|value|**c``; the value is not zero, and positive wherever it matters if that is said."""
    field = algebra.field
    value = field.cancel(value)
    result = field.one
    # The one factor whose sign is open has the sign that makes the value positive.
    core = open_factors(algebra, value)[0] if positive and c.q != 1 else None
    for part, sign in ((value.top, 1), (value.bottom, -1)):
        content, factors = field.factor(part)
        result = field.multiply(result, power_of_number(algebra, abs(content), c * sign))
        for factor, times in factors:
            lead = factor.leading_coefficient()
            result = field.multiply(result, power_of_number(algebra, abs(lead), c * sign * times))
            monic = factor / lead
            own = None
            if core is not None and core in (monic, -monic):
                own = 1 if core == monic else -1
            power = power_of_factor(algebra, monic, c * sign * times, own)
            result = field.multiply(result, power)
    return result


def gamma_atom(algebra: Algebra, base: Ratio) -> Ratio:
    """``gamma(base)`` as an atom."""
    sign = 1 if sign_of_ratio(algebra, base) == 1 else None
    return algebra.function("gamma", sympy.gamma, base, sign=sign)
