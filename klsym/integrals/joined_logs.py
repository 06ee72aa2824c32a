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

from klsym.canonical import cancelled, log_of, power_of, product_of, sum_of
from klsym.domain import Context
from klsym.integrals.lengths import in_factors, length, opposite, shortest

Pairs = dict[Any, Any]

HIGHEST_POWER = 64
"""A number to a higher power is left in a log of its own: written out it fills pages."""
LARGEST_NUMERAL = 10**6
"""A fraction with a larger numeral is left as logs of its parts, which are the shorter to read."""


def joined_logs(logs: Pairs, context: Context) -> list[Any]:
    """``c log f - c log g`` as ``c log(f/g)``, for each coefficient c up to a number."""
    forms = [_grouped(list(logs.items()), context)]
    split = [(f, part) for f, c in logs.items() for part in _quotient_and_remainder(c)]
    if len(split) > len(logs):
        forms.append(_grouped(split, context))
    return min(forms, key=lambda terms: length(sum_of(*terms)))


def _quotient_and_remainder(coefficient: Expr) -> tuple[Any, ...]:
    """``n/(n - 1)`` as ``1 + 1/(n - 1)``; a coefficient that is no such fraction as it is."""
    if not any(p.base.is_Add and p.exp.is_negative for p in coefficient.atoms(sympy.Pow)):
        return (coefficient,)
    above, below = sympy.fraction(cancelled(coefficient))
    letters = sorted(below.free_symbols, key=str)
    if not below.is_Add or len(letters) != 1 or not coefficient.is_rational_function(*letters):
        return (coefficient,)
    quotient, remainder = sympy.div(above, below, *letters)
    whole = all(c.is_Integer for c in sympy.Poly(quotient, *letters).coeffs())
    if quotient == 0 or remainder == 0 or not whole:
        return (coefficient,)
    return quotient, remainder / below


def _grouped(logs: list[tuple[Any, Any]], context: Context) -> list[Any]:
    groups: dict[Any, Pairs] = {}
    for argument, coefficient in logs:
        whole = in_factors(coefficient) if coefficient.has(sympy.Add) else coefficient
        number, symbolic = whole.as_coeff_Mul()
        if (not symbolic.is_Atom and context.sign(symbolic) == -1) or opposite(symbolic) in groups:
            number, symbolic = -number, opposite(symbolic)
        members = groups.setdefault(symbolic, {})
        members[argument] = members.get(argument, S.Zero) + number
    return [
        term
        for symbolic, members in groups.items()
        for term in _joined(symbolic, {f: n for f, n in members.items() if n != 0})
    ]


def _joined(symbolic: Expr, members: Pairs) -> Iterator[Any]:
    if not members:
        return
    separate = sum_of(*(product_of(n, symbolic, log_of(f)) for f, n in members.items()))
    rational = all(n.is_Rational for n in members.values())
    if not rational or any(
        f.is_number and abs(n / _unit(members)) > HIGHEST_POWER for f, n in members.items()
    ):
        yield separate
        return
    forms = [_one_log(symbolic, members)]
    numbers = {f: n for f, n in members.items() if f.is_number}
    letters = {f: n for f, n in members.items() if not f.is_number}
    if numbers and letters:
        forms.append(_one_log(symbolic, letters) + _one_log(symbolic, numbers))
    legible = [form for form in forms if not _has_long_numeral(form)]
    yield shortest([*legible, separate])


def _has_long_numeral(expr: Expr) -> bool:
    return any(max(abs(n.p), n.q) > LARGEST_NUMERAL for n in expr.atoms(sympy.Rational))


def _one_log(symbolic: Expr, members: Pairs) -> Any:
    unit = _unit(members)
    forms = []
    for sign in (1, -1):
        quotient = product_of(*(power_of(f, sign * n / unit) for f, n in members.items()))
        forms.append(product_of(sign * unit, symbolic, log_of(quotient)))
    return shortest(sorted(forms, key=_starts_with_minus))


def _unit(members: Pairs) -> Any:
    """The number that all coefficients are whole multiples of."""
    return sympy.Rational(
        math.gcd(*(int(n.p) for n in members.values())),
        math.lcm(*(int(n.q) for n in members.values())),
    )


def _starts_with_minus(expr: Expr) -> bool:
    return bool(expr.could_extract_minus_sign())
