"""Order of two expressions: proofs by sign and by minimum, refutations by certified points."""

from __future__ import annotations

import pytest
from sympy import Rational, S, exp, log

from klsym.domain import POSITIVE, REAL, UNIT, Context
from klsym.equality.order import decide_order

CONTEXT = (
    Context()
    .declare("a", POSITIVE)
    .declare("b", POSITIVE)
    .declare("m", REAL)
    .declare("p", UNIT)
    .declare("q", UNIT)
)
a, b, m, p, q = CONTEXT.symbols
BERNOULLI = p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))
GAUSSIAN = log(b / a) + (a**2 + m**2) / (2 * b**2) - Rational(1, 2)


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        (S.Zero, GAUSSIAN),
        (S.Zero, BERNOULLI),
        (2 * (p - q) ** 2, BERNOULLI),
        (2 * a * b, a**2 + b**2),
        (log(a), a - 1),
        (S.Zero, a * log(a / b) - a + b),
        (log(2), S.One),
    ],
    ids=str,
)
def test_true_inequalities_are_proved(smaller: object, larger: object) -> None:
    assert str(decide_order(smaller, larger, CONTEXT).verdict) == "proved"


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        (GAUSSIAN, S.Zero),
        (3 * (p - q) ** 2, BERNOULLI),
        (a, a**2),
        (log(a), a - Rational(11, 10)),
        (S.One, log(2)),
    ],
    ids=str,
)
def test_false_inequalities_are_refuted_at_a_point(smaller: object, larger: object) -> None:
    decision = decide_order(smaller, larger, CONTEXT)
    assert decision.counterexample is not None
    assert decision.counterexample.point or not smaller.free_symbols  # type: ignore[attr-defined]


def test_equality_at_one_point_is_no_strict_inequality() -> None:
    assert str(decide_order(log(a), a - 1, CONTEXT, strict=True).verdict) == "refuted"
    assert str(decide_order(S.Zero, exp(m), CONTEXT, strict=True).verdict) == "proved"
