"""Sums over components of any number: proved by their summands, refuted by a few components."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Integer, Rational, Symbol, log

from klsym import check
from klsym.domain import NATURAL, POSITIVE, REAL, Context
from klsym.equality.components import instance, instances
from klsym.equality.decide import decide
from klsym.equality.prove import prove
from klsym.expectation import IndexSum
from klsym.verdict import Proof, Verdict

CONTEXT = (
    Context()
    .declare("J", NATURAL)
    .declare("K", NATURAL)
    .declare("s_j", POSITIVE)
    .declare("m_j", REAL)
)
J, K, S, M = CONTEXT.symbols
INDEX = Symbol("j")


def total(body: Any, upper: Any = J, lower: int = 1) -> Any:
    return IndexSum(body, INDEX, Integer(lower), upper)


def test_a_sum_is_linear_in_its_summand() -> None:
    assert isinstance(prove(total(3 * S + M - 1), 3 * total(S) + total(M) - J, CONTEXT), Proof)


def test_a_coefficient_goes_into_the_sum() -> None:
    assert isinstance(prove(J * total(S), total(J * S), CONTEXT), Proof)


def test_sums_of_one_thing_over_two_ranges_are_not_merged() -> None:
    # With one x for both ranges J*K*x - K*J*x would be zero.
    left, right = total(K * S, J), total(J * S, K)
    assert isinstance(prove(left, right, CONTEXT), str)
    decision = decide(left, right, CONTEXT)
    assert decision.verdict is Verdict.REFUTED
    assert decision.counterexample is not None
    assert {name: decision.counterexample.point[name] for name in "JK"} == {"J": 1, "K": 2}


def test_a_component_outside_the_sum_is_not_the_one_inside() -> None:
    decision = decide(total(S), J * S, CONTEXT)
    assert decision.verdict is Verdict.REFUTED
    assert decision.counterexample is not None
    point = decision.counterexample.point
    assert point["J"] == 2
    assert point["j"] == 1


def test_two_components_tell_what_one_does_not() -> None:
    decision = decide(total(S - 1), total(S) - 1, CONTEXT)
    assert decision.counterexample is not None
    assert decision.counterexample.point["J"] == 2


def test_the_index_itself_may_stand_in_a_summand() -> None:
    assert isinstance(prove(total(INDEX * S + S), total((INDEX + 1) * S), CONTEXT), Proof)
    assert decide(total(INDEX * S), total(S), CONTEXT).verdict is Verdict.REFUTED


def test_what_no_rule_adds_up_is_undecided_and_never_proved() -> None:
    decision = decide(total(INDEX + S), J * (J + 1) / 2 + total(S), CONTEXT)
    assert decision.verdict is Verdict.UNDECIDED
    assert decision.reason is not None
    assert "J = 3" in decision.reason


def test_a_range_of_numbers_is_written_out() -> None:
    context = CONTEXT.declare("s_1", POSITIVE).declare("s_2", POSITIVE)
    names = [context.symbol(name) for name in ("s_1", "s_2")]
    assert isinstance(prove(total(S, Integer(2)), sum(names), context), Proof)


def test_sums_inside_functions_are_proved_as_they_stand() -> None:
    left = log(1 + total(S) ** 2)
    assert isinstance(prove(left, log(total(S) ** 2 + 1), CONTEXT), Proof)
    assert not isinstance(prove(left, log(1 + total(S**2)), CONTEXT), Proof)


def test_a_summand_without_a_value_proves_nothing() -> None:
    assert not isinstance(prove(total(log(-S)), total(log(-S)), CONTEXT), Proof)


def test_relations_between_components_hold_for_each() -> None:
    context = CONTEXT.assume(S < M)
    found = instance((total(S + M),), context, {J: Integer(2)})
    assert found is not None
    assert {str(relation) for relation in found.context.relations} == {"s_1 < m_1", "s_2 < m_2"}


def test_instances_stay_within_the_domain_of_the_number() -> None:
    context = CONTEXT.assume(J > 2)
    sizes = [found.sizes["J"] for found in instances((total(S),), context)]
    assert sizes == [3, 4, 5]


COEFFICIENTS = st.fractions(min_value=-3, max_value=3, max_denominator=3)


@settings(max_examples=25, deadline=None)
@given(a=COEFFICIENTS, b=COEFFICIENTS, c=COEFFICIENTS, shift=st.sampled_from([0, 0, 1]))
def test_the_verdict_is_that_of_two_components(a: Any, b: Any, c: Any, shift: int) -> None:
    a, b, c = (Rational(x.numerator, x.denominator) for x in (a, b, c))
    left = total(a * S + b * log(S) + c)
    right = a * total(S) + b * total(log(S)) + c * (J + shift)
    expected = Verdict.PROVED if c * shift == 0 else Verdict.REFUTED
    assert decide(left, right, CONTEXT).verdict is expected
    for found in islice(instances((left, right), CONTEXT), 2):
        assert decide(*found.values, found.context).verdict is expected


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("sum_{j=1}^{J} (a_j + b_j)", "sum_j a_j + sum_k b_k", "proved"),
        ("sum_{j=1}^{J} (a_j + 1)^2", "sum_j a_j^2 + 2 sum_j a_j + J", "proved"),
        ("sum_{j=1}^{J} (a_j + 1)^2", "(sum_j a_j)^2 + J", "refuted"),
        ("j*sum_{d=1}^{D} a_d", "sum_{d=1}^{D} j*a_d", "proved"),
        ("sum_{j=1}^{3} a_j", "a_1 + a_2 + a_3", "proved"),
        ("sum_{j=1}^{3} a_j", "a_1 + a_2", "refuted"),
    ],
)
def test_sums_in_plain_formulas(left: str, right: str, verdict: str) -> None:
    let = ["j integer"] if left.startswith("j") else []
    assert str(check(left, right, let=let).verdict) == verdict
