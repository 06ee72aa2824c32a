"""What sympy prints reads back to the same number, over all functions that klsym knows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Rational

from klsym.meaning.lowering import Scalars
from klsym.syntax import Names, parse

ALPHA, B, X, K = SYMBOLS = sympy.symbols("alpha b x k", positive=True)
VALUES = {ALPHA: Rational(7, 3), B: Rational(6, 5), X: Rational(17, 10), K: sympy.Integer(3)}
KNOWN = {symbol.name: symbol for symbol in SYMBOLS}
NAMES = Names(frozenset(KNOWN))
SMALL = X / 9

CIRCULAR = [
    *("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"),
    *("asin", "acos", "atan", "asinh"),
]
OF_ONE = ["log", "exp", "sqrt", "gamma", "loggamma", "erf", "erfc", "erfi", "Ei", "factorial"]
OF_TWO = [
    *("beta", "binomial", "lowergamma", "uppergamma", "besseli", "besselj", "besselk", "bessely"),
    "Max",
]


def applied() -> Iterator[sympy.Expr]:
    """Every function once, at arguments where it has a real value."""
    yield from (getattr(sympy, name)(SMALL) for name in CIRCULAR)
    yield from (getattr(sympy, name)(X) for name in OF_ONE)
    yield from (getattr(sympy, name)(ALPHA, X) for name in OF_TWO)
    yield from (sympy.Abs(X - B), sympy.sign(X - B), sympy.Min(ALPHA, B, X), sympy.acosh(1 + X))
    yield from (sympy.polygamma(n, ALPHA) for n in range(4))
    yield from (sympy.erfinv(SMALL), sympy.atanh(SMALL), sympy.polylog(2, SMALL))
    yield from (sympy.polylog(ALPHA, SMALL), sympy.expint(1, X), sympy.zeta(ALPHA + 1))
    yield from (sympy.besseli(0, X), sympy.besselk(1, X), sympy.zeta(ALPHA + 1, B))
    yield from (sympy.pi * X, sympy.E**X, sympy.EulerGamma + X, sympy.Float("2.5e-7") * X)


APPLIED = list(applied())


def expressions() -> st.SearchStrategy[sympy.Expr]:
    leaves = st.one_of(
        st.sampled_from([*SYMBOLS, *APPLIED]),
        st.tuples(st.integers(-9, 9), st.integers(1, 9)).map(lambda pair: Rational(*pair)),
    )

    def power(base: sympy.Expr, exponent: sympy.Expr | int) -> sympy.Expr:
        """A power, but not of a number, which sympy would work out, whatever its size."""
        return base + exponent if base.is_number else (base**2 + 1) ** exponent

    def grow(inner: st.SearchStrategy[sympy.Expr]) -> st.SearchStrategy[sympy.Expr]:
        pairs = st.tuples(inner, inner)
        return st.one_of(
            pairs.map(lambda p: p[0] + p[1]),
            pairs.map(lambda p: p[0] - p[1]),
            pairs.map(lambda p: p[0] * p[1]),
            pairs.map(lambda p: p[0] / (p[1] ** 2 + 1)),
            st.tuples(inner, st.integers(-3, 3)).map(lambda p: power(p[0], p[1])),
            st.tuples(inner, inner).map(lambda p: power(p[0], p[1] / (p[1] ** 2 + 1))),
            inner.map(lambda e: sympy.log(e**2 + 1)),
            inner.map(lambda e: sympy.exp(-e / (e**2 + 1))),
            inner.map(lambda e: sympy.root(e**2 + 2, 3)),
        )

    return st.recursive(leaves, grow, max_leaves=6)


def assert_reads_back(expr: sympy.Expr) -> None:
    text = sympy.latex(expr)
    read = Scalars(KNOWN).scalar(parse(text, NAMES).tree)
    wanted, found = (sympy.N(e, 20, subs=VALUES) for e in (expr, read))
    assert abs(wanted - found) <= 1e-12 * (1 + abs(wanted)), text


@pytest.mark.parametrize("power", [1, 2, -1])
def test_every_function_and_its_powers_read_back(power: int) -> None:
    for expr in APPLIED:
        assert_reads_back(expr**power)


@settings(max_examples=120, deadline=None)
@given(expressions())
def test_what_sympy_prints_reads_back_to_an_equal_number(expr: sympy.Expr) -> None:
    assert_reads_back(expr)
