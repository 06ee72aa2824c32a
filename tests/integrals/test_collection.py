"""Terms are counted by their letters, and of the ways to write them the shortest is built."""

from __future__ import annotations

from itertools import product

import pytest
from sympy import Expr, Rational, Symbol, exp, expand, factor, log, loggamma, polygamma, sqrt
from sympy.polys.polytools import cancel

from klsym.canonical import cancelled, divided, factored, lowest_forms, operations
from klsym.domain import POSITIVE, Context
from klsym.integrals.collection import collected
from klsym.integrals.joined_logs import joined_logs
from klsym.integrals.lengths import shortest
from klsym.integrals.recurrences import by_recurrence
from klsym.integrals.terms import coefficients, distributed

CONTEXT = Context().declare("a", POSITIVE).declare("b", POSITIVE).declare("x", POSITIVE)
a, b, x = CONTEXT.symbols
FORMS = (
    (a - b) * (log(a) + b / a) + b * log(a),
    (exp(a) + 1) * (exp(-a) - 1),
    (sqrt(2) + a) * (sqrt(2) - a),
    a * (b * (a + 1) + 1) / (a + 1),
    (a**-b - x) * (a**b + x) / (a - b) ** 2,
    (1 - 1 / (1 - a)) * log(b) + a * log(a) / (1 - a),
    (a - 2 * b) ** 2 / (2 * x) + (log(a) - log(b)) * (a - b) / x - 1,
)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_form_taken_apart_has_its_value(form: Expr) -> None:
    there = {a: Rational(1, 3), b: Rational(5, 7), x: Rational(11, 13)}
    together = sum(coefficient * atom for atom, coefficient in coefficients(form).items())
    for same in (together, distributed(form), collected(form, CONTEXT)):
        assert abs((same - form).subs(there).evalf(30)) < 1e-25


def test_exponentials_that_cancel_leave_no_term() -> None:
    assert coefficients((exp(a) + 1) * (exp(-a) - 1)) == {exp(a): -1, exp(-a): 1}


def test_a_sum_above_and_below_the_line_is_left_out_before_it_is_multiplied_out() -> None:
    assert distributed(a * (b * (a + 1) + 1) / (a + 1)) == a * b + a / (a + 1)


def test_functions_at_three_arguments_in_a_row_are_written_by_the_lowest() -> None:
    row = [polygamma(0, a + n) for n in range(3)]
    assert by_recurrence(row[2] - row[1]) == 1 / (a + 1)
    assert by_recurrence(sum(row)) == 3 * row[0] + 2 / a + 1 / (a + 1)


def test_log_gammas_apart_by_no_whole_number_stay() -> None:
    apart = loggamma(a + Rational(1, 2)) - loggamma(a)
    assert by_recurrence(apart) == apart


@pytest.mark.parametrize(
    ("logs", "joined"),
    [
        ({a: 1, b: -1}, log(a / b)),
        ({a: -x, b: -x}, -x * log(a * b)),
        ({a: -1 / x}, -log(a) / x),
        ({a: -1, Rational(2): Rational(1, 3)}, -log(a) + log(2) / 3),
        ({a: 1, Rational(2): Rational(1, 2), b: 1}, log(a * b) + log(2) / 2),
        ({a: 1, Rational(2): Rational(1, 2)}, log(2 * a**2) / 2),
    ],
    ids=str,
)
def test_logs_are_joined_where_that_is_the_shortest(logs: dict[Expr, Expr], joined: Expr) -> None:
    assert sum(joined_logs({f: Rational(1) * c for f, c in logs.items()}, CONTEXT)) == joined


def test_no_other_way_to_join_logs_is_shorter() -> None:
    numbers = (-1, Rational(-1, 2), Rational(1, 3), 2)
    for one, other, third in product(numbers, repeat=3):
        logs = {a: Rational(one), b: Rational(other), Rational(2): Rational(third)}
        (found,) = joined_logs(logs, CONTEXT)
        apart = sum(n * log(f) for f, n in logs.items())
        letters = sum(joined_logs({a: logs[a], b: logs[b]}, CONTEXT))
        ways = (apart, letters + logs[Rational(2)] * log(2))
        assert operations(found) <= min(map(operations, ways))


@pytest.mark.parametrize(
    "form", [a / b - b / a, (a**2 - b**2) / (a + b) ** 2, (a - 1) / (x - a * x), sqrt(a) / a - b]
)
def test_lowest_terms_and_factors_come_from_one_quotient(form: Expr) -> None:
    assert lowest_forms(form) == (cancelled(form), factored(form)) == (cancel(form), factor(form))


@pytest.mark.parametrize("form", [3 * a / (2 * a - 1), a / (a - b), b / (a - 1), a / 2, a**2])
def test_a_fraction_without_a_whole_part_is_left(form: Expr) -> None:
    assert divided(form) == (form,)


def test_a_whole_part_and_its_rest_add_up() -> None:
    whole, rest = divided((2 * a**2 + b) / (a - 1))
    assert whole == 2 * a + 2
    assert expand(cancel(whole + rest - (2 * a**2 + b) / (a - 1))) == 0


def test_a_letter_is_as_long_as_what_it_stands_for() -> None:
    square = Symbol("square")
    forms = (a * square + square, (a + 1) * square)
    assert shortest(forms) == forms[0]
    assert shortest(forms, {square: 4}) == forms[1]
