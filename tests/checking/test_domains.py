"""A formula has to have a real value wherever the statement has one."""

from __future__ import annotations

import pytest

from klsym import KlsymError, check

STATEMENT = "KL(Normal(mu, sigma) || Normal(0, 1))"
TRUE = "(mu^2 + sigma^2 - 1)/2 - log(sigma)"


@pytest.mark.parametrize(
    ("statement", "formula", "let"),
    [
        (STATEMENT, f"{TRUE} + log(mu) - log(mu)", ()),
        (STATEMENT, f"{TRUE} + sqrt(mu) - sqrt(mu)", ()),
        (STATEMENT, f"{TRUE} + 0*log(mu)", ()),
        (STATEMENT, "(exp(2*log(mu)) + sigma^2 - 1)/2 - log(sigma)", ()),
        (STATEMENT, "(mu^2 + sigma^2 - 1)/2 - log(-sigma)", ()),
        (STATEMENT, "(mu^2 + sigma^2 - 1)/2 - log(-sigma) + log(-1*sigma) - log(sigma)", ()),
        ("log(a/b)", "log(-a) - log(-b)", ("a, b positive",)),
        ("a", "sqrt(a - b)^2 + b", ("a, b positive",)),
        ("-1", "sqrt(-a)^2/a", ("a positive",)),
        ("1", "n/n", ("n integer",)),
    ],
)
def test_a_formula_without_a_value_on_a_part_is_refuted(
    statement: str, formula: str, let: tuple[str, ...]
) -> None:
    result = check(statement, formula, let=let)
    assert str(result.verdict) == "refuted"
    assert result.counterexample is not None
    assert result.counterexample.right == "undefined"


@pytest.mark.parametrize(
    ("statement", "formula", "let", "assume"),
    [
        (STATEMENT, f"{TRUE} + log(mu^2 + 1) - log(1 + mu^2)", (), ()),
        (STATEMENT, "(mu^3/mu + sigma^2 - 1)/2 - log(sqrt(sigma)^2)", (), ()),
        (STATEMENT, "(sqrt(mu^2)^2 + sigma^2 - 1)/2 - log(abs(-sigma))", (), ()),
        ("a", "sqrt(a - b)^2 + b", ("a, b positive",), ("a > b",)),
        ("exp(log(m))", "m", ("m real",), ()),
        ("n/n", "1", ("n natural",), ()),
    ],
)
def test_a_value_that_cannot_be_lost_does_no_harm(
    statement: str, formula: str, let: tuple[str, ...], assume: tuple[str, ...]
) -> None:
    assert str(check(statement, formula, let=let, assume=assume).verdict) == "proved"


@pytest.mark.parametrize("formula", ["log(-1)", "sqrt(-1)", "mu + 1/0", "oo - oo", "0/0"])
def test_a_constant_without_a_value_is_pointed_at(formula: str) -> None:
    with pytest.raises(KlsymError) as caught:
        check(STATEMENT, formula)
    assert caught.value.span is not None
    assert caught.value.help


@pytest.mark.parametrize(
    ("statement", "formula", "verdict"),
    [
        (STATEMENT, "oo", "refuted"),
        (STATEMENT, "-oo", "refuted"),
        ("KL(Uniform(0, 2) || Uniform(0, 1))", "oo", "proved"),
        ("KL(Uniform(0, 2) || Uniform(0, 1))", "-oo", "refuted"),
        ("KL(Uniform(0, 2) || Uniform(0, 1))", "log(2)", "refuted"),
    ],
)
def test_infinities_are_told_apart(statement: str, formula: str, verdict: str) -> None:
    assert str(check(statement, formula).verdict) == verdict


@pytest.mark.parametrize(
    ("statement", "formula", "verdict"),
    [
        ("1/3", "0.3333", "proved"),
        ("0.3333", "1/3", "proved"),
        ("0.3334", "1/3", "refuted"),
        ("0.333", "0.3333", "proved"),
        ("1/3", "0.3333 + 0", "refuted"),
    ],
)
def test_a_decimal_alone_on_either_side_has_the_digits_printed(
    statement: str, formula: str, verdict: str
) -> None:
    assert str(check(statement, formula).verdict) == verdict


def test_another_reading_of_the_statement_is_tried() -> None:
    result = check("a/2b", "a*b/2", let=["a, b positive"])
    assert str(result.verdict) == "proved"
    assert "in the statement" in result.notes[-1]
    assert str(check("a/2b", "a + b", let=["a, b positive"]).verdict) == "refuted"


@pytest.mark.parametrize(
    ("statement", "formula", "verdict"),
    [
        ("KL(Bernoulli(p) || Bernoulli(q))", "KL(Bernoulli(1-p) || Bernoulli(1-q))", "proved"),
        ("KL(Bernoulli(p) || Bernoulli(q))", "KL(Bernoulli(q) || Bernoulli(p))", "refuted"),
        (STATEMENT, "H(Normal(mu, sigma), Normal(0, 1)) - H(Normal(mu, sigma))", "proved"),
        (STATEMENT, "E(Normal(mu, sigma), x^2/2 - (x - mu)^2/(2*sigma^2)) - log(sigma)", "proved"),
        ("E(Gamma(k, rate=b), x)", "b*k*E(Gamma(k, rate=b), 1/x)*(k-1)/b^3", "undecided"),
    ],
)
def test_divergences_and_means_on_both_sides_are_derived(
    statement: str, formula: str, verdict: str
) -> None:
    assert str(check(statement, formula).verdict) == verdict


@pytest.mark.parametrize("sign", ["-", "+ 1 -"])
def test_infinities_do_not_cancel(sign: str) -> None:
    infinite = "KL(Uniform(0, 2) || Uniform(0, 1))"
    assert str(check(f"{infinite} {sign} {infinite}", "0").verdict) == "undecided"
    finite = "KL(Uniform(0, 1) || Uniform(0, 2))"
    assert str(check(f"{finite} - {finite}", "0").verdict) == "proved"


def test_an_infinite_part_is_named() -> None:
    result = check("H(Uniform(0, 1)) - KL(Uniform(0, 2) || Uniform(0, 1))", "0")
    assert str(result.verdict) == "undecided"
    assert "is infinite" in str(result.reason)


def test_what_is_finite_and_an_infinite_part_are_infinite() -> None:
    result = check("H(Uniform(0, 1)) + KL(Uniform(0, 2) || Uniform(0, 1))", "oo")
    assert str(result.verdict) == "proved"
    assert result.derivation is not None
    assert "is infinite" in str(result.derivation.reason)


ON_THE_RIGHT = "log(2*a*c) - 1 + (m - 1/a + 2*exp(-a*m)/a)/c"


def test_a_part_is_proved_only_if_the_formula_has_no_value_on_all_the_rest() -> None:
    statement = "KL(Exponential(a) || Laplace(m, c))"
    nowhere = check(statement, f"{ON_THE_RIGHT} + log(m^2) - 2*log(m)")
    somewhere = check(statement, f"{ON_THE_RIGHT} + log((m + 1/100)^2) - 2*log(m + 1/100)")
    assert [str(condition) for condition in nowhere.conditions] == ["m > 0"]
    assert (nowhere.verdict, somewhere.verdict) == ("proved", "refuted")
