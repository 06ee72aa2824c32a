from __future__ import annotations

import pytest
from equal_pairs import PAIRS
from flint import arb
from formulas import CONTEXT, EXPONENTIAL, LAPLACE, NORMAL, NORMAL_BACK, a, b, i, m, n, s, t, u, x
from near_misses import MISSES
from sympy import Abs, E, Rational, Symbol, erf, exp, gamma, log, oo, sqrt, zeta

from klsym.domain import POSITIVE, UNIT, Context
from klsym.equality.decide import decide
from klsym.equality.prove import prove
from klsym.equality.refute import refute
from klsym.numerics.balls import compile_balls, exact, precision
from klsym.verdict import Agreement, Counterexample, Proof, Verdict


@pytest.mark.parametrize(("left", "right"), [p[1:] for p in MISSES], ids=[p[0] for p in MISSES])
def test_near_misses_are_refuted_and_not_proved(left, right):
    assert not isinstance(prove(left, right, CONTEXT), Proof)
    decision = decide(left, right, CONTEXT)
    assert decision.verdict is Verdict.REFUTED
    assert decision.counterexample is not None


@pytest.mark.parametrize(("left", "right"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS])
def test_no_point_refutes_what_is_equal(left, right):
    answer = refute(left, right, CONTEXT, points=4, most_bits=256)
    assert isinstance(answer, Agreement)
    assert answer.digits >= 15


def test_the_counterexample_is_the_simplest_and_its_difference_exact():
    found = decide(NORMAL, NORMAL_BACK, CONTEXT).counterexample
    assert dict(found.point) == {"s": 1, "t": 2, "m": 0, "n": 0}
    assert found.exact == 2 * log(2) - Rational(15, 8)
    assert found.difference.startswith("-0.48870563888010938116553575708")


def test_the_sides_and_their_difference_are_printed_with_right_digits_only():
    for name, left, right in MISSES:
        found = decide(left, right, CONTEXT).counterexample
        if {"oo", "undefined"} & {found.left, found.right}:
            continue
        point = {
            symbol: found.point[symbol.name] for symbol in left.free_symbols | right.free_symbols
        }
        symbols = tuple(point)
        with precision(600):
            for text, side in (
                (found.left, left),
                (found.right, right),
                (found.difference, left - right),
            ):
                values = [exact(point[symbol]) for symbol in symbols]
                ball = compile_balls(side, symbols).evaluate_real(values)
                mantissa, _, power = text.partition("e")
                places = len(mantissa.partition(".")[2])
                unit = arb(10) ** (int(power or 0) - places)
                assert abs(arb(text).mid() - ball) <= unit * 51 / 100, name


def test_the_exact_difference_has_the_value_printed():
    found = decide(LAPLACE, LAPLACE.replace(Abs, lambda z: z), CONTEXT).counterexample
    assert dict(found.point) == {"a": 1, "b": 1, "m": 0, "n": 1}
    assert found.exact == 2 - E + exp(-1)


def test_a_slip_of_one_in_1e30_is_refuted():
    found = decide(NORMAL, NORMAL + Rational(1, 10**30), CONTEXT).counterexample
    assert found.exact == Rational(-1, 10**30)


def test_a_formula_without_a_value_on_an_open_part_is_refuted():
    found = decide(log(x**2), 2 * log(x), CONTEXT).counterexample
    assert (found.left, found.right) == ("0", "undefined")
    assert dict(found.point) == {"x": -1}


def test_a_formula_without_a_value_at_one_integer_is_refuted():
    found = decide(i + 3, (i**2 - 9) / (i - 3), CONTEXT).counterexample
    assert (dict(found.point), found.left, found.right) == ({"i": 3}, "6", "undefined")


def test_a_formula_without_a_value_on_a_thin_set_is_not_refuted():
    assert decide(a + b, (a**2 - b**2) / (a - b), CONTEXT).verdict is Verdict.PROVED


def test_where_the_derived_side_has_no_value_nothing_is_claimed():
    answer = refute(2 * log(x), log(x**2), CONTEXT)
    assert isinstance(answer, Agreement)


def test_infinite_against_finite_is_refuted_either_way():
    one = decide(oo, a + b, CONTEXT).counterexample
    assert (one.left, one.right, one.difference) == ("oo", "2", "oo")
    other = decide(a + b, oo, CONTEXT).counterexample
    assert (other.left, other.right, other.difference) == ("2", "oo", "-oo")
    assert decide(oo, oo, CONTEXT).verdict is Verdict.PROVED


def test_points_satisfy_the_assumptions():
    context = Context().declare("a", POSITIVE).declare("b", POSITIVE)
    first, second = context.symbols
    context = context.assume(first > 2 * second)
    for wrong in (log(first), sqrt(first - second) + 1, second):
        found = decide(first - second, wrong, context).counterexample
        assert found.point["a"] > 2 * found.point["b"]


def test_what_is_true_only_under_an_assumption_is_refuted_without_it():
    context = Context().declare("a", POSITIVE).declare("b", POSITIVE)
    first, second = context.symbols
    assert decide(Abs(first - second), first - second, context).verdict is Verdict.REFUTED
    ordered = context.assume(first > second)
    assert decide(Abs(first - second), first - second, ordered).verdict is Verdict.PROVED


def test_numbers_are_decided_by_one_ball_comparison():
    assert decide(log(2) / 2, log(2) / 3, CONTEXT).verdict is Verdict.REFUTED
    assert decide(log(8), 3 * log(2), CONTEXT).verdict is Verdict.PROVED
    assert (
        decide(gamma(Rational(1, 3)), Rational(26789385347, 10**10), CONTEXT).verdict
        is Verdict.REFUTED
    )


def test_a_decimal_means_to_the_digits_printed():
    unit = Rational(1, 2000)
    assert decide(log(2), Rational(693, 1000), CONTEXT, tolerance=unit).verdict is Verdict.PROVED
    assert decide(log(2), Rational(694, 1000), CONTEXT, tolerance=unit).verdict is Verdict.REFUTED
    assert (
        decide(Rational(1, 2), Rational(501, 1000), CONTEXT, tolerance=unit).verdict
        is Verdict.REFUTED
    )
    assert (
        decide(Rational(1, 2), Rational(1001, 2000), CONTEXT, tolerance=unit).verdict
        is Verdict.PROVED
    )


def test_a_decimal_for_an_expression_with_symbols_is_refuted_beyond_its_last_digit_only():
    unit = Rational(1, 20)
    found = decide(EXPONENTIAL, Rational(3, 10), CONTEXT, tolerance=unit).counterexample
    assert abs(Rational(found.difference)) > unit


def test_agreement_says_how_far_and_why_there_is_no_proof():
    answer = decide((2 + sqrt(5)) ** Rational(1, 3), (1 + sqrt(5)) / 2, CONTEXT)
    assert answer.verdict is Verdict.AGREES
    assert answer.agreement.digits > 1000
    assert answer.reason == "the normal form of the difference is not zero"


def test_what_cannot_be_enclosed_is_undecided():
    f = Symbol("f", positive=True)
    answer = decide(f + 1, f + 2, Context().declare("g", POSITIVE))
    assert answer.verdict is Verdict.UNDECIDED
    assert "f is not declared" in answer.reason


def test_equal_values_of_other_functions_do_not_refute():
    assert isinstance(refute(erf(u) + zeta(3), zeta(3) + erf(u), CONTEXT), Agreement)


def test_the_answer_is_a_counterexample_wherever_the_balls_part():
    context = Context().declare("u", UNIT)
    found = refute(context.symbol("u"), Rational(1, 2) + 0 * s * t * m * n, context)
    assert isinstance(found, Counterexample)
    assert found.bits == 64
