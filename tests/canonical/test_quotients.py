"""A quotient put together by hand is the quotient."""

from __future__ import annotations

from itertools import product

import pytest
from sympy import Expr, Integer, Rational, Symbol, exp, pi, sqrt

from klsym import derive
from klsym.canonical import quotient_of

x = Symbol("x", positive=True)
FACTORS = (
    (Rational(2, 3) ** x / 3, Rational(1, 2) * 2**-x),
    (3**x, 5 * exp(-2 * x)),
    (x**3 * sqrt(2), 2**x * x),
    (pi * (1 - x) ** x, (1 - x) ** 2 * 7),
    (Integer(3), Rational(1, 4)),
)


@pytest.mark.parametrize(
    ("above", "below"), list(product(*zip(*FACTORS, strict=True))), ids=lambda e: str(e)
)
def test_a_quotient_of_powers_is_the_quotient(above: Expr, below: Expr) -> None:
    there = {x: Rational(1, 3)}
    assert abs((quotient_of(above, below) - above / below).subs(there).evalf(30)) < 1e-25


def test_a_power_of_a_number_alone_is_taken_once() -> None:
    assert str(derive("KL(Geometric(1/3) || Geometric(1/2))")) == "log(32/27)"
