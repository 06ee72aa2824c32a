from __future__ import annotations

import pytest
from sympy import (
    Abs,
    E,
    Expr,
    Function,
    Integer,
    Integral,
    Max,
    Ne,
    Rational,
    Sum,
    Symbol,
    digamma,
    exp,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sqrt,
    symbols,
)

from klsym.writing.order import textbook_order
from klsym.writing.plain import plain, plain_point

m1, m2, x = symbols("mu_1 mu_2 x", real=True)
s1, s2, a, b, k = symbols("sigma_1 sigma_2 a b k", positive=True)

CASES = [
    (
        log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - Rational(1, 2),
        "log(sigma_2/sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2)/(2*sigma_2**2) - 1/2",
    ),
    (
        m1**2 / 2 + s1**2 / 2 - log(s1) - Rational(1, 2),
        "mu_1**2/2 + sigma_1**2/2 - log(sigma_1) - 1/2",
    ),
    (log(a / b) + b / a - 1, "log(a/b) + b/a - 1"),
    (1 - x, "1 - x"),
    (m2 - m1, "mu_2 - mu_1"),
    (-a - b, "-a - b"),
    (
        (a - b) * digamma(a) - loggamma(a) + loggamma(b),
        "loggamma(b) - loggamma(a) + (a - b)*digamma(a)",
    ),
    (polygamma(1, a), "polygamma(1, a)"),
    (log(2 * pi) / 2 + log(s1) + Rational(1, 2), "log(sigma_1) + log(2*pi)/2 + 1/2"),
    (sqrt(a) / sqrt(b), "sqrt(a/b)"),
    (Abs(x) * exp(-a * x), "exp(-a*x)*abs(x)"),
    (Max(a, b), "max(a, b)"),
    (E * a, "exp(1)*a"),
    (oo, "oo"),
    (Ne(a, 1), "a != 1"),
    (a > 1, "a > 1"),
    ((a > 1) & (b > 2), "a > 1 and b > 2"),
    (Function("p")(x), "p(x)"),
    (Integral((x + 1) * exp(-x), (x, 0, oo)), "∫_{0}^{oo} (x + 1)*exp(-x) dx"),
    (Integral(x + 1, x), "∫ (x + 1) dx"),
    (Sum(a**x, (x, 0, k)), "∑_{x=0}^{k} a**x"),
]


@pytest.mark.parametrize(("expression", "text"), CASES, ids=[text for _, text in CASES])
def test_an_expression_prints_as_a_textbook_writes_it(expression: Expr, text: str) -> None:
    assert plain(expression) == text


def test_the_order_of_terms_changes_no_sum() -> None:
    for expression, _ in CASES:
        if getattr(expression, "is_Add", False):
            terms = textbook_order(expression.as_ordered_terms())
            assert sum(terms, Integer(0)) == expression


def test_a_point_prints_as_exact_numbers() -> None:
    point = {Symbol("mu"): Rational(-3, 2), "sigma": Integer(2)}
    assert plain_point(point) == {"mu": "-3/2", "sigma": "2"}
