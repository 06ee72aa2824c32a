from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import Any

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy import Abs, Ne, Rational, exp, gamma, log, pi, polygamma, sqrt

from klsym.domain import (
    DOMAINS,
    INTEGER,
    NATURAL,
    NEGATIVE,
    NONNEGATIVE,
    POSITIVE,
    REAL,
    UNIT,
    Context,
    Domain,
)
from klsym.errors import KlsymError


def context(**domains: Domain) -> Context:
    return Context(domains)


AB = context(a=POSITIVE, b=POSITIVE)
A, B = AB.symbols
MIXED = context(a=POSITIVE, b=POSITIVE, c=UNIT, mu=REAL, nu=REAL, n=NATURAL, z=NONNEGATIVE)
a, b, c, mu, nu, n, z = MIXED.symbols

fractions = st.fractions(min_value=-20, max_value=20, max_denominator=20)
domains = st.builds(
    Domain,
    st.none() | fractions,
    st.none() | fractions,
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(domains, domains, fractions)
def test_a_number_lies_in_an_intersection_if_it_lies_in_both(
    one: Domain, other: Domain, number: Fraction
) -> None:
    both = one.contains(number) and other.contains(number)
    assert one.intersect(other).contains(number) == both


@given(domains, fractions)
def test_an_empty_domain_contains_no_number(domain: Domain, number: Fraction) -> None:
    assert not (domain.is_empty and domain.contains(number))


@given(domains, domains)
def test_an_intersection_lies_in_both_and_does_not_depend_on_order(
    one: Domain, other: Domain
) -> None:
    both = one.intersect(other)
    assert both == other.intersect(one)
    assert one.includes(both)
    assert other.includes(both)


def test_words_name_their_domains() -> None:
    assert {word: str(domain) for word, domain in DOMAINS.items()} == {w: w for w in DOMAINS}
    assert str(Domain(Fraction(2), Fraction(5))) == "(2, 5)"
    assert str(Domain(Fraction(0), None, integer=True, lower_closed=True)) == "{0..oo}"


def test_positive_integers_are_the_natural_numbers() -> None:
    assert POSITIVE.intersect(INTEGER) == NATURAL
    assert not NATURAL.contains(Fraction(0))
    assert NATURAL.contains(Fraction(1))
    assert not NATURAL.contains(Fraction(3, 2))


def test_a_domain_states_what_it_says_of_a_name() -> None:
    stated = {word: domain.statement("c") for word, domain in DOMAINS.items()}
    assert stated == {
        "real": "c real",
        "positive": "c > 0",
        "negative": "c < 0",
        "nonnegative": "c >= 0",
        "unit": "0 < c < 1",
        "natural": "c natural",
        "integer": "c integer",
    }


def test_a_symbol_has_the_assumptions_of_its_domain() -> None:
    assert a.is_positive
    assert mu.is_real
    assert mu.is_positive is None
    assert n.is_integer
    assert n.is_positive
    assert z.is_nonnegative
    assert z.is_positive is None
    assert context(a=Domain(Fraction(1), Fraction(2))).symbols[0].is_positive


def test_domains_of_one_name_intersect_and_an_empty_one_is_refused() -> None:
    declared = Context().declare("k", POSITIVE).declare("k", INTEGER)
    assert declared.domains["k"] == NATURAL
    with pytest.raises(KlsymError, match="no value is left for k"):
        declared.declare("k", NEGATIVE)


def test_an_undeclared_symbol_raises_key_error() -> None:
    with pytest.raises(KeyError):
        AB.symbol("nobody")


@pytest.mark.parametrize(
    "expr",
    [
        a + b,
        1 - c,
        c * (1 - c),
        a + (mu - nu) ** 2,
        sympy.expand(a + (mu - nu) ** 2),
        mu**2 + mu + 1,
        log(1 + a),
        exp(-mu),
        sqrt(a),
        gamma(a),
        polygamma(1, a),
        polygamma(3, n),
        pi * a - 3 * a,
        sqrt(2) * a - a,
        1 / a + 1 / b - 1 / (a + b),
        a**c,
        a ** (mu - nu),
        a**2 + b**2 - a * b,
        n + z,
        1 + z,
        n**2 + n - 1,
        sympy.besseli(0, a),
        sympy.binomial(n + 3, n),
        sympy.erfc(mu),
        exp(a) - 1,
        -log(c),
        Abs(mu) + 1,
        sympy.zeta(1 + a),
    ],
)
def test_a_positive_expression_is_proved_positive(expr: Any) -> None:
    assert MIXED.sign(expr) == 1
    assert MIXED.sign(-expr) == -1
    assert MIXED.nonnegative(expr)
    assert MIXED.real(expr)
    assert MIXED.nonzero(expr)


@pytest.mark.parametrize(
    "expr",
    [(mu - nu) ** 2, a**2 - 2 * a * b + b**2, n - 1, z, z * a, mu**2 * a, Abs(mu - nu), n**2 - n],
)
def test_what_may_be_zero_is_nonnegative_and_has_no_sign(expr: Any) -> None:
    assert MIXED.nonnegative(expr)
    assert MIXED.sign(expr) is None
    assert not MIXED.nonzero(expr)


@pytest.mark.parametrize("expr", [a - b, mu, log(a), mu * a, n - 2, c - Rational(1, 2)])
def test_what_changes_sign_has_none(expr: Any) -> None:
    assert MIXED.sign(expr) is None
    assert MIXED.real(expr)
    assert not MIXED.nonnegative(expr)


@pytest.mark.parametrize(
    "expr",
    [log(mu), sqrt(mu), 1 / mu, 1 / (a - b), log(a - b), gamma(mu), polygamma(1, mu), 1 / z],
)
def test_what_is_somewhere_undefined_is_not_proved_real(expr: Any) -> None:
    assert not MIXED.real(expr)
    assert MIXED.sign(expr) is None
    assert MIXED.sign(exp(expr)) is None
    assert MIXED.sign(expr**2) is None


@pytest.mark.parametrize(
    ("expr", "sign", "nonnegative"),
    [
        (1 - c, 1, True), (c - 1, -1, False), (n - 1, None, True), (-z, None, False),
        (a + 2 * b, 1, True), (a - b, None, False), (n - c, 1, True), (n - 2 * c, None, False),
        (mu + 1, None, False), (2 * c - 3, -1, False), (n + z, 1, True),
    ],
)  # fmt: skip
def test_a_sum_of_letters_is_told_by_its_ends(
    expr: Any, sign: int | None, nonnegative: bool
) -> None:
    assert (MIXED.sign(expr), MIXED.nonnegative(expr)) == (sign, nonnegative)


def test_zero_is_zero() -> None:
    assert MIXED.sign(sympy.Integer(0)) == 0
    assert MIXED.nonnegative(sympy.Integer(0))


def test_an_ordering_gives_the_sign_of_a_difference() -> None:
    ordered = AB.assume(A < B)
    assert ordered.sign(B - A) == 1
    assert ordered.sign(log(B) - log(A)) == 1
    assert ordered.sign(log(A / B)) == -1
    assert ordered.sign(1 / A - 1 / B) == 1
    assert ordered.sign(A**2 - B**2) == -1
    assert ordered.sign(B - 2 * A) is None


def test_letters_of_which_only_differences_are_compared_have_no_sign_themselves() -> None:
    ordered = context(u=REAL, v=REAL, w=REAL)
    u, v, w = ordered.symbols
    ordered = ordered.assume(u < v, v <= w)
    assert [ordered.sign(each) for each in (v - u, u - v, w - u)] == [1, -1, 1]
    assert [ordered.sign(each) for each in (u, -v, u + w, v + w - 2 * u - 1)] == [None] * 4
    assert not ordered.nonnegative(u - v)
    assert ordered.nonnegative(w - v)
    assert ordered.assume(u > 0).sign(w) == 1


def test_a_chain_of_orderings_is_followed() -> None:
    three = context(x=REAL, y=REAL, z=REAL)
    x, y, w = three.symbols
    ordered = three.assume(x < y, y < w)
    assert ordered.sign(w - x) == 1
    assert ordered.sign(w + y - 2 * x) == 1
    assert ordered.nonnegative((w - x) * (y - x))


def test_a_bound_by_a_number_narrows_the_domain() -> None:
    above = AB.assume(A > 1)
    assert above.sign(A - 1) == 1
    assert above.sign(log(A)) == 1
    assert above.symbols == AB.symbols
    assert all(point[A] > 1 for point in islice(above.points(), 50))


def test_a_polynomial_relation_gives_signs() -> None:
    assumed = AB.assume(2 * B**2 > A**2)
    assert assumed.sign(2 * B**2 - A**2) == 1
    assert assumed.sign(A**2 - 2 * B**2) == -1
    assert assumed.sign(3 * B**2 - A**2) == 1
    assert assumed.sign(1 / A**2 - 1 / (2 * B**2)) == 1


def test_unequal_symbols_have_a_difference_that_is_not_zero() -> None:
    assumed = AB.assume(Ne(A, B))
    assert assumed.nonzero(A - B)
    assert assumed.sign((A - B) ** 2) == 1
    assert assumed.holds(Ne(A**2, B**2)) is True


def test_relations_are_decided_where_they_can_be() -> None:
    assert AB.holds(A + B > 0) is True
    assert AB.holds(sympy.StrictLessThan(A + B, 0)) is False
    assert AB.holds(A < B) is None
    assert AB.assume(A < B).holds(B > A) is True
    assert AB.assume(A < B).holds(B <= A) is False


def test_a_contradiction_is_refused() -> None:
    with pytest.raises(KlsymError, match="contradicts"):
        AB.assume(A < B).assume(B < A)


def test_an_engines_own_variable_is_known_by_its_assumptions() -> None:
    x = sympy.Symbol("x", positive=True)
    t = sympy.Symbol("t", real=True)
    assert AB.sign(x + A) == 1
    assert AB.nonnegative(t**2)
    assert AB.sign(sympy.Symbol("w") ** 2 + 1) is None


ATOMS = [a, b, c, mu, n, z, Rational(1, 2), sympy.Integer(1), sympy.Integer(-2)]


def combine(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    pairs = st.tuples(children, children)
    return (
        pairs.map(lambda p: p[0] + p[1])
        | pairs.map(lambda p: p[0] - p[1])
        | pairs.map(lambda p: p[0] * p[1])
        | children.map(lambda e: e**2)
        | children.map(lambda e: 1 / e if e != 0 else e)
        | children.map(lambda e: exp(e) if e.is_finite and not e.has(exp) else e)
        | children.map(lambda e: log(e) if e != 0 else e)
        | children.map(Abs)
    )


expressions = st.recursive(st.sampled_from(ATOMS), combine, max_leaves=6)
POINTS = [*islice(MIXED.points(seed=3), 12), *islice(MIXED.small_points(), 12)]
ORDERED = MIXED.assume(a < b, mu < nu, Ne(n, 3))
ORDERED_POINTS = [*islice(ORDERED.points(seed=3), 12), *islice(ORDERED.small_points(), 12)]


@settings(deadline=None, max_examples=150)
@given(expressions, st.booleans())
def test_a_proved_sign_is_the_sign_at_every_point(expr: Any, ordered: bool) -> None:
    where, points = (ORDERED, ORDERED_POINTS) if ordered else (MIXED, POINTS)
    sign = where.sign(expr)
    assume(sign is not None or where.nonnegative(expr) or where.real(expr))
    for point in points:
        value = expr.xreplace(point).evalf(40)
        assert value.is_real
        assert value.is_finite
        if abs(value) < Rational(1, 10**20):
            continue
        assert sign in (None, sympy.sign(value))
        assert not where.nonnegative(expr) or value > 0


@given(st.integers(0, 1000))
@settings(deadline=None, max_examples=25)
def test_random_points_satisfy_their_context(seed: int) -> None:
    points = list(islice(ORDERED.points(seed), 20))
    assert len(points) == 20
    assert all(ORDERED.satisfies(point) for point in points)
    assert all(value.is_Rational for point in points for value in point.values())


def test_points_come_in_all_orderings_and_sizes() -> None:
    points = list(islice(AB.points(), 200))
    assert {point[A] < point[B] for point in points} == {True, False}
    assert any(point[A] > 50 for point in points)
    assert any(point[A] < Rational(1, 50) for point in points)
    inside = [point[c] for point in islice(MIXED.points(), 200)]
    assert min(inside) < Rational(1, 50)
    assert max(inside) > Rational(49, 50)
    signs = {sympy.sign(point[mu]) for point in islice(MIXED.points(), 200)}
    assert {-1, 1} <= signs


def test_the_same_seed_gives_the_same_points() -> None:
    assert list(islice(MIXED.points(7), 5)) == list(islice(MIXED.points(7), 5))
    assert list(islice(MIXED.points(7), 5)) != list(islice(MIXED.points(8), 5))


def test_small_points_come_by_height() -> None:
    real = context(x=REAL)
    values = [str(next(iter(point.values()))) for point in islice(real.small_points(), 7)]
    assert values == ["0", "1", "-1", "2", "1/2", "-2", "-1/2"]
    first = next(AB.assume(A < B).small_points())
    assert {s.name: str(v) for s, v in first.items()} == {"a": "1", "b": "2"}


def test_small_points_of_a_distant_domain_exist() -> None:
    far = context(k=Domain(Fraction(1000), Fraction(1001)))
    assert len(list(islice(far.small_points(), 5))) == 5


def test_an_equality_is_satisfied_exactly() -> None:
    equal = AB.assume(sympy.Eq(A, 3 * B))
    for point in [*islice(equal.points(), 20), *islice(equal.small_points(), 5)]:
        assert point[A] == 3 * point[B]
    assert equal.sign(A - 2 * B) == 1


def test_points_end_where_there_are_none() -> None:
    never = Context(AB.domains, (A < B, A**2 > B**2))
    assert list(never.points()) == []


def test_equal_contexts_hash_alike() -> None:
    assert hash(AB) == hash(context(a=POSITIVE, b=POSITIVE))
    assert context(a=POSITIVE, b=POSITIVE) == AB
