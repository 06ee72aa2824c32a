"""Each sentence of the contract on declaring, as a test."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
import sympy
from sympy import exp

from klsym.errors import KlsymError
from klsym.expectation import DivergenceValue
from klsym.meaning import Request, read


def error(*arguments: Any, **options: Any) -> KlsymError:
    with pytest.raises(KlsymError) as caught:
        read(*arguments, **options)
    return caught.value


def domains(request: Request) -> dict[str, str]:
    return {name: str(domain) for name, domain in request.scope.context.domains.items()}


def test_a_density_is_declared_by_its_expression() -> None:
    request = read("H(p)", let=["p(x) = a*exp(-a*x) on (0, oo)"])
    p = request.scope.laws["p"]
    a = request.scope.context.symbol("a")
    assert p.expression == a * exp(-a * p.variate)
    assert (p.support.lower, p.support.upper, p.support.discrete) == (0, sympy.oo, False)
    assert p.name == "p"


@pytest.mark.parametrize("ends", ["(0, 1)", "[0, 1]", "(0, 1]", "[0, 1)"])
def test_open_and_closed_ends_make_no_difference(ends: str) -> None:
    support = read("H(p)", let=[f"p(x) = 2*x on {ends}"]).scope.laws["p"].support
    assert support == read("H(p)", let=["p(x) = 2*x on (0, 1)"]).scope.laws["p"].support


@pytest.mark.parametrize("ends", ["(-oo, oo)", "R", r"(-\infty, \infty)"])
def test_a_support_may_be_the_whole_line(ends: str) -> None:
    support = read("H(p)", let=[f"p(x) = exp(-x^2)/sqrt(pi) on {ends}"]).scope.laws["p"].support
    assert (support.lower, support.upper) == (-sympy.oo, sympy.oo)


def test_a_discrete_density_lives_on_integers() -> None:
    infinite = read("H(p)", let=["p(k) = (1 - c)*c**k on {0..oo}", "c unit"]).scope.laws["p"]
    assert infinite.support.discrete
    assert infinite.variate.is_integer
    assert infinite.variate.name == "k"
    finite = read("H(p)", let=["p(k) = 1/(n + 1) on {0..n}"])
    assert domains(finite) == {"n": "natural"}
    assert finite.scope.laws["p"].support.upper == finite.scope.context.symbol("n")


def test_undeclared_names_of_a_bare_density_are_positive_and_reported() -> None:
    request = read("H(p)", let=["p(x) = a*exp(-a*x) on (0, oo)"])
    assert domains(request) == {"a": "positive"}
    assert "a > 0" in request.scope.assumptions


def test_the_letter_gamma_in_a_bare_density_is_a_parameter() -> None:
    request = read("H(p)", let=[r"p(x) = \gamma e^{-\gamma x} on (0, oo)"])
    assert domains(request) == {"gamma": "positive"}


def test_parameters_of_a_bare_density_may_stand_in_the_formula() -> None:
    let = ["p(x) = a*exp(-a*x) on (0, oo)", "q(x) = b*exp(-b*x) on (0, oo)"]
    request = read("KL(p || q)", ["log(a/b) + b/a - 1"], let=let)
    assert request.formulas[0].value.free_symbols == request.statement.free_symbols


def test_a_density_without_its_support_is_refused() -> None:
    found = error("H(p)", let=["p(x) = a*exp(-a*x)"])
    assert found.name == "support"
    assert "on (0, oo)" in found.help


def test_a_support_with_symbolic_ends_is_ordered() -> None:
    request = read("H(p)", let=["p(x) = 1/(b - a) on (a, b)"])
    a, b = (request.scope.context.symbol(name) for name in "ab")
    assert request.scope.context.sign(b - a) == 1
    assert error("H(p)", let=["p(x) = 1 on (1, 0)"]).name == "support"


def test_a_family_is_named() -> None:
    request = read("H(q)", let=["q = Gamma(k, rate=b)"])
    assert request.scope.laws["q"].label == "Gamma(k, rate=b)"
    assert domains(request) == {"k": "positive", "b": "positive"}


def test_a_named_family_may_show_its_variate() -> None:
    request = read("E(q, z)", let=["q(z) = Normal(mu, sigma)"])
    assert request.statement.integrand == request.scope.laws["q"].variate


def test_a_mixture_is_named() -> None:
    request = read("H(P)", let=["P = 1/2*Normal(-3, 1.2) + 1/2*Normal(3, 1.2)"])
    assert len(request.scope.laws["P"].components) == 2


def test_an_alias_is_the_same_distribution() -> None:
    request = read("KL(p || P)", let=["p = P", "P = Normal(mu, sigma)"])
    (value,) = request.statement.atoms(DivergenceValue)
    assert value.laws[0] == value.laws[1]


def test_a_family_under_a_documents_own_letter() -> None:
    let = ["f(x | m, v) = Normal(m, variance=v)"]
    request = read("KL(f(x | m_1, v_1) || f(x | m_2, v_2))", let=let)
    direct = read("KL(Normal(m_1, variance=v_1) || Normal(m_2, variance=v_2))")
    assert request.statement == direct.statement
    assert domains(request) == domains(direct)
    assert read("H(f(0, 1))", let=let).statement == read("H(N(0, 1))").statement


@pytest.mark.parametrize(
    ("word", "assumption"),
    [
        ("real", "is_real"),
        ("positive", "is_positive"),
        ("negative", "is_negative"),
        ("nonnegative", "is_nonnegative"),
        ("unit", "is_positive"),
        ("natural", "is_integer"),
        ("integer", "is_integer"),
    ],
)
def test_symbols_are_declared_by_words(word: str, assumption: str) -> None:
    request = read("a + b", let=[f"a, b {word}"])
    assert domains(request) == {"a": word, "b": word}
    assert all(getattr(s, assumption) for s in request.statement.free_symbols)


def test_symbols_are_declared_by_intervals() -> None:
    numeric = read("c", let=["c in (0, 1)"])
    assert domains(numeric) == {"c": "unit"}
    request = read("c", let=["c in (a, b)", "a, b positive"])
    a, b, c = (request.scope.context.symbol(name) for name in "abc")
    assert request.scope.context.sign(c - a) == 1
    assert request.scope.context.sign(b - c) == 1
    assert c.is_positive


@pytest.mark.parametrize("name", [r"\sigma_1", "σ₁", "sigma1", "sigma_1"])
def test_symbols_are_declared_in_any_spelling(name: str) -> None:
    assert domains(read("sigma_1", let=[f"{name} negative"])) == {"sigma_1": "negative"}


def test_relations_are_assumed() -> None:
    context = read("a + b", let=["a, b positive"], assume=["a < b"]).scope.context
    a, b = context.symbols
    assert context.sign(b - a) == 1
    assert str(read("k", assume=["k > 1"]).scope.context.domains["k"]) == "(1, oo)"
    unequal = read("order", let=["order positive"], assume=["order != 1"]).scope.context
    assert unequal.nonzero(unequal.symbol("order") - 1)


def test_what_is_assumed_is_reported() -> None:
    request = read("log(b - a)", let=["a, b positive"], assume=["a < b"])
    assert request.scope.assumptions == ("b > 0", "a > 0", "a < b")


def test_the_order_of_declarations_does_not_matter() -> None:
    let = ["p = P", "P = Normal(m, s)", "s in (1, t)", "t positive"]
    texts = {
        (str(sorted(read("H(p)", let=order).scope.assumptions)), str(read("H(p)", let=order)))[0]
        for order in permutations(let)
    }
    assert len(texts) == 1


def test_a_parameters_domain_comes_from_its_place() -> None:
    request = read("KL(Normal(mu, sigma) || Bernoulli(c))")
    assert domains(request) == {"mu": "real", "sigma": "positive", "c": "unit"}


def test_domains_of_one_name_intersect() -> None:
    assert domains(read("KL(Exponential(c) || Bernoulli(c))")) == {"c": "unit"}
    assert domains(read("H(Poisson(k))", let=["k integer"])) == {"k": "natural"}


def test_an_empty_domain_is_an_error() -> None:
    found = error("H(Normal(mu, sigma))", let=["sigma negative"])
    assert found.name == "empty-domain"
    assert "no value is left for sigma" in found.message


def test_a_contradicting_assumption_is_an_error() -> None:
    found = error("a", let=["a, b positive"], assume=["a < b", "b < a"])
    assert found.name == "contradiction"
    assert found.place == "--assume"


def test_a_compound_argument_gives_its_names_a_domain() -> None:
    request = read("KL(N(mu_1 - mu_2, sigma^2) || Normal(0, exp(l)))")
    assert domains(request) == {
        "mu_1": "real",
        "mu_2": "real",
        "sigma": "positive",
        "l": "real",
    }


def test_what_a_compound_argument_needs_is_assumed_and_reported() -> None:
    request = read("H(Normal(0, a - b))", let=["a, b positive"])
    a, b = (request.scope.context.symbol(name) for name in "ab")
    assert request.scope.context.sign(a - b) == 1
    assert "a - b > 0" in request.scope.assumptions


def test_constraints_of_a_family_are_assumed_and_reported() -> None:
    request = read("H(Uniform(a, b))")
    assert "a < b" in request.scope.assumptions
    assert error("H(Uniform(2, 1))").message == "Uniform needs a < b"


def test_a_plain_formula_goes_by_the_table_of_conventions() -> None:
    request = read("p*log(p/q) + sigma_1*lambda*mu + beta_2 + x*z + k")
    assert domains(request) == {
        "p": "unit",
        "q": "unit",
        "sigma_1": "positive",
        "lambda": "positive",
        "mu": "real",
        "beta_2": "positive",
        "x": "real",
        "z": "real",
        "k": "positive",
    }
    assert {"sigma_1 > 0", "mu real", "0 < p < 1"} <= set(request.scope.assumptions)


def test_strict_makes_every_undeclared_name_an_error() -> None:
    found = error("log(a/b)", ["log(a) - log(b)"], strict=True)
    assert found.name == "undeclared"
    assert found.message == "undeclared names: a, b"
    assert found.help == "--let 'a, b positive'"
    let = ["p(x) = a*exp(-a*x) on (0, oo)"]
    assert error("H(p)", let=let, strict=True).message == "undeclared name: a"
    assert read("H(p)", let=[*let, "a positive"], strict=True)
    assert read("H(Normal(mu, sigma))", strict=True)


def test_every_undeclared_name_of_a_formula_is_listed_with_what_to_paste() -> None:
    found = error("KL(Normal(mu, 1) || Normal(0, 1))", ["mu^2/2 + tau*y + rho_3 + c(1 - tau)"])
    assert found.message == "undeclared names: tau, y, rho_3, c"
    assert found.help == "--let 'tau, c positive' --let 'y, rho_3 real'"
    assert found.place == "formula"
    assert found.column == 10


def test_undeclared_distributions_are_listed_too() -> None:
    found = error("KL(p || q) + t")
    assert found.message == "undeclared names: t, p, q"
    assert "--let 'p = Normal(mu, sigma)'" in found.help


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"let": ["a spicy"]}, "unknown-domain"),
        ({"let": ["a postive"]}, "unknown-domain"),
        ({"let": ["a"]}, "declaration"),
        ({"let": ["= 3"]}, "declaration"),
        ({"let": ["p = "]}, "declaration"),
        ({"let": ["p(x) = 1 on (0"]}, "unclosed-bracket"),
        ({"let": ["p(x) = 1 on banana(0)"]}, "support"),
        ({"let": ["p = Poisson(a)", "p = Poisson(b)"]}, "declaration"),
        ({"let": ["p = q", "q = p"]}, "declaration"),
        ({"let": ["p = 3"]}, "distribution-expected"),
        ({"let": ["a + b positive"]}, "declaration"),
        ({"let": ["f(x | m, 2) = Normal(m, 1)"]}, "declaration"),
        ({"assume": ["a + 1"]}, "relation"),
        ({"assume": ["a ~ b"]}, "relation"),
    ],
)
def test_a_bad_declaration_points_at_itself(options: dict[str, Any], name: str) -> None:
    found = error("log(a) + log(b)", **options)
    assert found.name == name
    assert found.place in ("--let", "--assume")
    assert found.span is not None
    assert found.help or name == "unclosed-bracket"


def test_the_nearest_word_is_suggested() -> None:
    assert error("a", let=["a postive"]).help == "did you mean positive?"
