"""Logs of gamma functions, absolute values and preferred signs are those of sympy."""

from __future__ import annotations

import random
from itertools import pairwise, product
from typing import Any

import pytest
import sympy
from sympy import Abs, Add, Rational, Symbol, log, loggamma

from klsym.canonical import absolute_of, atan_of, leads_with_minus, log_gamma_of, replaced

LETTERS = (
    *sympy.symbols("a m u_1 u_2 z", real=True),
    *sympy.symbols("b s x", positive=True),
    *sympy.symbols("n r", integer=True, positive=True),
    Symbol("k", integer=True, nonnegative=True),
    Symbol("v", nonnegative=True),
    Symbol("w", negative=True),
)


@pytest.fixture(params=range(40))
def sums(request: pytest.FixtureRequest) -> list[Add]:
    """Random sums of multiples of letters, some with a number or a log."""
    source = random.Random(request.param)
    drawn = []
    for _ in range(50):
        letters = source.sample(LETTERS, source.randint(1, 4))
        terms = [Rational(source.choice([-2, -1, 1, 3]), 2) * letter for letter in letters]
        terms += [Rational(source.randint(-3, 3), 2)] if source.random() < 0.4 else []
        terms += [log(source.choice(LETTERS))] if source.random() < 0.1 else []
        drawn.append(Add(*terms))
    return [total for total in drawn if total.is_Add]


def test_the_sign_that_sympy_prefers_is_known(sums: list[Add]) -> None:
    assert [leads_with_minus(each) for each in sums] == [
        each.could_extract_minus_sign() for each in sums
    ]


def test_an_arctangent_is_the_one_of_sympy(sums: list[Add]) -> None:
    ratios = [above / below for above, below in pairwise(sums)]
    assert [atan_of(each) for each in ratios] == [sympy.atan(each) for each in ratios]


def test_an_absolute_value_is_the_one_of_sympy(sums: list[Add]) -> None:
    assert [absolute_of(each).args for each in sums] == [Abs(each).args for each in sums]


def test_a_log_gamma_is_the_one_of_sympy(sums: list[Add]) -> None:
    whole = [letter for letter in LETTERS if letter.is_integer]
    counts = [Add(*pair) for pair in product([*whole, 1, 2, -1], [*whole, *(-k for k in whole), 1])]
    arguments = [*LETTERS, *sums, *counts, Rational(1, 2), sympy.Integer(3), sympy.Integer(1)]
    arguments = [each for each in arguments if each.free_symbols or each.is_positive]
    assert [log_gamma_of(each) for each in arguments] == [loggamma(each) for each in arguments]


@pytest.mark.parametrize("twice", range(1, 34))
@pytest.mark.parametrize(
    ("function", "order"), [(sympy.gamma, ()), (sympy.digamma, ()), (sympy.polygamma, (1,))]
)
def test_gamma_functions_are_at_half_numbers_what_sympy_finds(
    twice: int, function: Any, order: tuple[int, ...]
) -> None:
    place, there = sympy.Dummy("place", positive=True), Rational(twice, 2)
    assert replaced(function(*order, place), {place: there}) == function(*order, there)
