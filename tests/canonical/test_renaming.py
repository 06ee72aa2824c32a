"""An expression with other symbols is what sympy makes of it."""

from __future__ import annotations

from itertools import permutations

import pytest
from sympy import Abs, Expr, Min, Symbol, cos, erf, exp, gamma, log, sqrt

from klsym.canonical import is_renaming, renamed

a, m, x = LETTERS = [Symbol(name, positive=True) for name in "amx"]
OTHERS = [Symbol(name, positive=True) for name in ("b_1", "n", "Z")]

EXPRESSIONS = (
    exp(-Abs(m - x) / a) / (2 * a),
    exp(a * cos(m - x)),
    a * erf((x - m) / a) - erf(m - a),
    Min(x / (m - a), a / (x - m)),
    sqrt(2) * x ** (a - 1) * log(a + m) ** 2 / gamma(a + m),
)


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
def test_an_expression_in_other_letters_is_what_replacing_makes(expr: Expr) -> None:
    for symbols in permutations([*LETTERS, *OTHERS], 3):
        values = dict(zip(LETTERS, symbols, strict=True))
        assert renamed(expr, values) == expr.xreplace(values)


def test_a_symbol_of_other_signs_is_no_other_name() -> None:
    assert not is_renaming({a: Symbol("a", real=True)})


def test_one_symbol_for_two_is_no_other_name() -> None:
    assert not is_renaming({a: x, m: x})
