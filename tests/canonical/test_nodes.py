"""What stands in klsym.canonical makes the very node that sympy makes of the same parts."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
import sympy
from sympy import Add, Integer, Mul, Rational, S, exp, gamma, log, loggamma, polygamma, symbols

from klsym.canonical import (
    cancelled,
    exp_of,
    factored,
    log_of,
    multiplied_out,
    operations,
    power_of,
    product_of,
    replaced,
    shared_out,
    sum_of,
)

A, B, C = symbols("a b c", positive=True)
M, U = symbols("m u", real=True)
N = sympy.Symbol("n", integer=True, positive=True)
LETTERS = (A, B, C, M, U, N, sympy.Symbol("z"), sympy.pi)
NOT_FINITE = (sympy.zoo, sympy.nan, sympy.oo, -sympy.oo)
FUNCTIONS: tuple[Callable[[Any], Any], ...] = (
    exp, log, gamma, loggamma, lambda x: polygamma(0, x), sympy.Abs, sympy.sqrt,
)  # fmt: skip
SEEDS = range(60)


def anything(source: random.Random, depth: int) -> Any:
    """A random expression, as sympy makes it."""
    kind = source.random()
    if depth == 0 or kind < 0.2:
        number = Rational(source.randint(-4, 4), source.choice([1, 1, 1, 2, 3]))
        return source.choice(LETTERS) if source.random() < 0.7 else number
    parts = [anything(source, depth - 1) for _ in range(source.randint(2, 4))]
    if kind < 0.45:
        return Add(*parts)
    if kind < 0.7:
        return Mul(*parts)
    if kind < 0.85:
        exponents = (2, -1, -2, 3, S.Half, -S.Half, Rational(3, 2), parts[1])
        return parts[0] ** source.choice(exponents)
    return source.choice(FUNCTIONS)(parts[0])


def several(seed: int) -> tuple[random.Random, list[Any]]:
    """Some random expressions that are finite."""
    source = random.Random(seed)
    drawn = (anything(source, 2) for _ in range(100))
    return source, [x for x in drawn if not x.has(*NOT_FINITE)]


def same(ours: Any, theirs: Any) -> bool:
    return bool(ours == theirs) and ours.args == theirs.args


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sum_is_the_one_of_sympy(seed: int) -> None:
    source, drawn = several(seed)
    terms = source.sample(drawn, source.randint(2, 5))
    assert same(sum_of(*terms), Add(*terms))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_product_is_the_one_of_sympy(seed: int) -> None:
    source, drawn = several(seed)
    factors = source.sample(drawn, source.randint(2, 5))
    assert same(product_of(*factors), Mul(*factors))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_power_and_an_exponential_are_those_of_sympy(seed: int) -> None:
    source, drawn = several(seed)
    for base in drawn[:20]:
        exponent = source.choice([Integer(2), Integer(-1), S.Half, Integer(3), drawn[-1]])
        if base != 0:
            assert same(power_of(base, exponent), base**exponent)
        assert same(exp_of(base), exp(base))


@pytest.mark.parametrize(
    "number",
    [
        *map(Integer, range(1, 10)),
        *(Rational(p, q) for p in (1, 4) for q in (3, 9)),
        sympy.pi,
        2 * sympy.pi,
        1 / sympy.pi,
        sympy.sqrt(sympy.pi) / 3,
        sympy.sqrt(2),
        sympy.E,
        exp(2),
    ],
)
def test_the_log_of_a_number_is_the_one_of_sympy(number: Any) -> None:
    assert same(log_of(number), log(number))


@pytest.mark.parametrize("seed", SEEDS)
def test_parts_are_replaced_as_sympy_replaces_them(seed: int) -> None:
    source, drawn = several(seed)
    for expr in drawn[:20]:
        values = {source.choice(LETTERS): 1 + drawn[-1]}
        theirs = expr.xreplace(values)
        if not theirs.has(*NOT_FINITE):
            assert same(replaced(expr, values), theirs)


@pytest.mark.parametrize("seed", SEEDS)
def test_sums_and_fractions_are_rewritten_without_a_change_of_value(seed: int) -> None:
    _, drawn = several(seed)
    point = {letter: Rational(7 + i, 5 + 2 * i) for i, letter in enumerate(LETTERS[:5])}
    point |= {N: Integer(3), LETTERS[6]: Rational(13, 11)}
    for expr in drawn[:10]:
        value = sympy.N(expr.xreplace(point), 40)
        for rewrite in (cancelled, factored, multiplied_out, shared_out):
            other = sympy.N(rewrite(expr).xreplace(point), 40)
            assert abs(other - value) <= abs(value) / 10**30 + Rational(1, 10**30)


@pytest.mark.parametrize(
    ("expr", "count"),
    [
        (A, 0), (-A, 1), (Rational(-1, 3), 2), (A - B, 1), (-A - B, 2), (B - A * C, 2),
        (1 / A, 1), (A / (2 * B), 2), (-2 * A / B, 3), (exp(-A), 2), (sympy.sqrt(A), 2),
        (log(A / B) / 2, 3), (A ** (B - 1) * exp(-A * C), 5), (sympy.Max(A, B, C), 2),
        ((A - B) ** 2 / (2 * C**2), 5), (sympy.E, 1), (polygamma(0, A), 1),
    ],
)  # fmt: skip
def test_operations_are_counted_as_sympy_counts_them(expr: Any, count: int) -> None:
    assert operations(expr) == count == sympy.count_ops(expr)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_taken_out_of_a_sum_multiplies_back_in(seed: int) -> None:
    source = random.Random(seed)
    for _ in range(20):
        powers = [
            [source.choice(LETTERS) ** source.choice([1, 2, -1]) for _ in "ab"] for _ in "abc"
        ]
        expr = Add(*(Mul(Rational(source.randint(-4, 4), 2), *each) for each in powers))
        assert same(multiplied_out(shared_out(expr)), expr)


def test_a_factor_that_all_terms_share_stands_before_the_sum() -> None:
    assert shared_out(A * B / 2 - A * C / 2) == A * (B - C) / 2
    assert str(shared_out(-2 * A - 2 * B)) == "-2*(a + b)"
    assert shared_out(A / 2 + 1) == A / 2 + 1


def test_a_fraction_is_written_in_lowest_terms_and_in_factors() -> None:
    fraction = (A**2 * log(B) - B**2 * log(B)) / (A * C - B * C)
    assert str(cancelled(fraction)) == "(a*log(b) + b*log(b))/c"
    assert str(factored(fraction)) == "(a + b)*log(b)/c"
