"""Logs with the same coefficient as one log of a quotient.

>>> from sympy import log, symbols
>>> from klsym.domain import Context
>>> a, b, c = symbols("a b c", positive=True)
>>> joined_logs({a: c, b: -c}, Context())
[c*log(a/b)]
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import sympy
from sympy import Expr, S

from klsym.canonical import (
    counted,
    divided,
    log_of,
    operations,
    parts,
    power_of,
    product_of,
    sum_of,
)
from klsym.canonical.operations import starts_with_minus
from klsym.domain import Context
from klsym.integrals.lengths import in_factors, length, opposite, reciprocals, shortest

Pairs = dict[Any, Any]

HIGHEST_POWER = 64
"""A number to a higher power is left in a log of its own: written out it fills pages."""
LARGEST_NUMERAL = 10**6
"""A fraction with a larger numeral is left as logs of its parts, which are the shorter to read."""


def joined_logs(logs: Pairs, context: Context) -> list[Any]:
    """``c log f - c log g`` as ``c log(f/g)``, for each coefficient c up to a number."""
    form = _grouped(list(logs.items()), context)
    split = [(f, part) for f, c in logs.items() for part in _quotient_and_remainder(c)]
    if len(split) == len(logs):
        return form
    return min((form, _grouped(split, context)), key=lambda terms: length(sum_of(*terms)))


def _quotient_and_remainder(coefficient: Expr) -> tuple[Any, ...]:
    """``n/(n - 1)`` as ``1 + 1/(n - 1)``; a coefficient that is no such fraction as it is."""
    below = [p.base for p in parts(coefficient) if p.is_Pow and p.base.is_Add and p.exp.is_negative]
    if not below or all(len(base.free_symbols) > 1 for base in below):
        return (coefficient,)
    return divided(coefficient)


def _grouped(logs: list[tuple[Any, Any]], context: Context) -> list[Any]:
    coefficients = [(f, *counted(in_factors(c) if _has_sum(c) else c)) for f, c in logs]
    coefficients.sort(key=lambda each: each[2].is_Add and each[2].could_extract_minus_sign())
    groups: dict[Any, Pairs] = {}
    for argument, number, symbolic in coefficients:
        if _is_negative(symbolic, context) or (_has_sum(symbolic) and opposite(symbolic) in groups):
            number, symbolic = -number, opposite(symbolic)
        members = groups.setdefault(symbolic, {})
        members[argument] = members[argument] + number if argument in members else number
    return [
        term
        for symbolic, members in groups.items()
        for term in _joined(symbolic, {f: n for f, n in members.items() if n != 0})
    ]


def _has_sum(coefficient: Expr) -> bool:
    return any(node.is_Add for node in parts(coefficient))


def _is_negative(symbolic: Expr, context: Context) -> bool:
    """Whether a coefficient that is no letter is proved negative."""
    factors = symbolic.args if symbolic.is_Mul else (symbolic,)
    if all(f.is_Symbol and f.is_positive for f in factors):
        return False
    return not symbolic.is_Atom and context.sign(symbolic) == -1


def _joined(symbolic: Expr, members: Pairs) -> Iterator[Any]:
    if not members:
        return
    if _are_alike(members) and not starts_with_minus(symbolic):
        yield _log_of_letters(symbolic, members)
        return
    forms = []
    unit = _unit(members)
    numbers = {f: n for f, n in members.items() if f.is_number}
    if all(abs(_power(n, unit)) <= HIGHEST_POWER for n in numbers.values()):
        forms.append(_one_log(symbolic, members))
        letters = {f: n for f, n in members.items() if f not in numbers}
        if numbers and letters and _unit(letters) != unit:
            forms.append(sum_of(_one_log(symbolic, letters), _one_log(symbolic, numbers)))
    forms = [form for form in forms if not _has_long_numeral(form)]
    least = _least_apart(symbolic, members)
    if not any(operations(form) < least for form in forms):
        forms.append(sum_of(*[product_of(n, symbolic, log_of(f)) for f, n in members.items()]))
    yield shortest(forms)


def _least_apart(symbolic: Expr, members: Pairs) -> int:
    """How few operations a sum of logs can be written with, each by itself."""
    logs = [1 + operations(f) for f in members]
    numbers = [(n.p not in (1, -1)) + (n.q != 1) for n in members.values()]
    factor: int = 0 if symbolic is S.One else operations(symbolic) or 1
    return int(sum(logs) + sum(numbers)) + len(logs) * (factor + 1) - 1


def _are_alike(members: Pairs) -> bool:
    """Whether the logs are of letters, as often each but for the sign: one log is the shortest."""
    sizes = {(abs(n.p), n.q) for n in members.values()}
    return len(sizes) == 1 and all(
        f.is_Symbol or (_is_letter(f) and not _has_long_numeral(f)) for f in members
    )


def _is_letter(argument: Expr) -> bool:
    function = argument.is_Function and type(argument) is not sympy.exp
    return (function or argument.is_Add) and not argument.is_number


def _log_of_letters(symbolic: Expr, members: Pairs) -> Any:
    """One log, of what is above the line rather than of a reciprocal."""
    above = [f for f, n in members.items() if n.p > 0]
    below = [f for f, n in members.items() if n.p < 0]
    number = abs(next(iter(members.values())))
    if not above and not reciprocals(symbolic).issuperset(_inverted(below)):
        number, above, below = -number, below, above
    return product_of(number, symbolic, log_of(product_of(*above, *_inverted(below))))


def _inverted(factors: list[Any]) -> list[Any]:
    return [power_of(factor, S.NegativeOne) for factor in factors]


def _has_long_numeral(expr: Expr) -> bool:
    numbers = [node for node in parts(expr) if node.is_Rational]
    return any(max(abs(n.p), n.q) > LARGEST_NUMERAL for n in numbers)


def _one_log(symbolic: Expr, members: Pairs) -> Any:
    """One log of a quotient with something above the line, where it has that."""
    unit = _unit(members)
    powers = [(f, _power(n, unit)) for f, n in members.items()]
    quotient = product_of(*[f if n == 1 else power_of(f, sympy.Integer(n)) for f, n in powers])
    number = sympy.Rational(*unit) if unit[1] != 1 else sympy.Integer(unit[0])
    form = product_of(number, symbolic, log_of(quotient))
    signed = starts_with_minus(symbolic)
    if not signed and not all(map(_is_below, sympy.Mul.make_args(quotient))):
        return form
    inverse = product_of(*[f if n == -1 else power_of(f, sympy.Integer(-n)) for f, n in powers])
    negative = product_of(-1, number, symbolic, log_of(inverse))
    return shortest((negative, form) if signed else (form, negative))


def _is_below(factor: Expr) -> bool:
    """Whether a factor is written below the line."""
    if factor.is_Rational:
        return bool(factor.p == 1)
    return bool(factor.is_Pow or factor.is_Function) and factor in reciprocals(factor)


def _unit(members: Pairs) -> tuple[int, int]:
    """The number that all coefficients are whole multiples of."""
    return math.gcd(*[n.p for n in members.values()]), math.lcm(*[n.q for n in members.values()])


def _power(number: Any, unit: tuple[int, int]) -> int:
    return int(number.p * (unit[1] // number.q) // unit[0])
