"""Each sentence of the contract on statements, as a test."""

from __future__ import annotations

from typing import Any

import pytest
import sympy
from sympy import Rational, exp, log, pi, sqrt

from klsym.density import Density, Mixture
from klsym.errors import KlsymError
from klsym.expectation import DivergenceValue, Expectation
from klsym.meaning import Request, expand_definition, lower, read, read_formula, read_point

GAUSSIAN = "KL(Normal(mu_1, sigma_1) || Normal(mu_2, sigma_2))"


def laws(request: Request) -> list[Any]:
    (value,) = request.statement.atoms(DivergenceValue)
    return [law.density for law in value.laws]


def error(*arguments: Any, **options: Any) -> KlsymError:
    with pytest.raises(KlsymError) as caught:
        read(*arguments, **options)
    return caught.value


def same_formula(one: Request, other: Request) -> bool:
    return bool(one.formulas[0].value == other.formulas[0].value)


def test_a_divergence_is_a_head_over_two_laws() -> None:
    p, q = laws(read(GAUSSIAN))
    assert str(read(GAUSSIAN).statement) == "KL(p || q)"
    assert (p.name, q.name) == ("p", "q")
    assert p.label == "Normal(mu_1, sigma_1)"
    mu, sigma = (read(GAUSSIAN).scope.context.symbol(name) for name in ("mu_1", "sigma_1"))
    x = p.variate
    density = exp(-((x - mu) ** 2) / (2 * sigma**2)) / (sigma * sqrt(2 * pi))
    assert sympy.simplify(p.expression - density) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "KL(Normal(mu_1, sigma_1), Normal(mu_2, sigma_2))",
        r"D_{KL}(\mathrm{Normal}(\mu_1, \sigma_1) \,\|\, \mathrm{Normal}(\mu_2, \sigma_2))",
        r"\mathrm{KL}(\mathrm{Normal}(\mu_1,\sigma_1)\parallel \mathrm{Normal}(\mu_2,\sigma_2))",
        "KL(Normal(μ₁, σ₁) ‖ Normal(μ₂, σ₂))",
        "KL(Normal(mu1, sigma1) || Normal(mu2, sigma2))",
    ],
)
def test_every_spelling_is_one_statement(statement: str) -> None:
    assert read(statement).statement == read(GAUSSIAN).statement


def test_jeffreys_is_the_sum_and_half_of_it_on_demand() -> None:
    let = ["p = Poisson(a)", "q = Poisson(b)"]
    whole = read("Jeffreys(p, q)", let=let).statement
    half = read("Jeffreys(p, q, average=True)", let=let).statement
    assert whole == read("Jeffreys(p, q, average=False)", let=let).statement
    assert sympy.expand(2 * expand_definition(half)) == expand_definition(whole)
    names = sorted(str(v) for v in expand_definition(whole).atoms(DivergenceValue))
    assert names == ["KL(p || q)", "KL(q || p)"]


def test_entropy_and_cross_entropy_go_by_the_number_of_arguments() -> None:
    let = ["p = Poisson(a)", "q = Poisson(b)"]
    statement = read("H(p, q) - H(p)", let=let).statement
    names = sorted(value.name for value in statement.atoms(DivergenceValue))
    assert names == ["CrossEntropy", "Entropy"]


def test_a_mean_is_over_the_laws_own_variate() -> None:
    mean = read("E(p, x**2)", let=["p = Poisson(a)"]).statement
    assert isinstance(mean, Expectation)
    assert mean.integrand == mean.density.variate**2
    assert mean.density.variate.is_integer
    other = read("E(p, z**2)", let=["p(z) = a*exp(-a*z) on (0, oo)"]).statement
    assert other.integrand == other.density.variate**2


def test_a_mean_in_latex_is_the_same_mean() -> None:
    plain = read("E(p, log(x))", let=["p = Gamma(k, rate=b)"]).statement
    latex = read(r"\mathbb{E}_{p(x)}[\log x]", let=["p = Gamma(k, rate=b)"]).statement
    assert plain == latex


def test_a_density_at_a_point_is_its_value() -> None:
    let = ["p(x) = a*exp(-a*x) on (0, oo)"]
    request = read("p(2)/p(1)", let=let)
    a = request.scope.context.symbol("a")
    assert request.statement == exp(-a)
    a_normal = read("N(0; mu, sigma**2)")
    assert isinstance(a_normal.statement, sympy.Expr)
    assert a_normal.statement.has(exp)


def test_arithmetic_of_divergences_is_a_statement() -> None:
    statement = read(
        "2*KL(p || q) + H(p)/3 - 1", let=["p = Poisson(a)", "q = Poisson(b)"]
    ).statement
    assert len(statement.atoms(DivergenceValue)) == 2
    assert statement.func is sympy.Add


def test_a_mixture_is_a_weighted_sum_of_densities() -> None:
    request = read("KL(1/2*Normal(-3, 1.2) + 1/2*Normal(3, 1.2) || Normal(mu, sigma))")
    mixture, normal = laws(request)
    assert isinstance(mixture, Mixture)
    assert isinstance(normal, Density)
    assert [w for w, _ in mixture.components] == [Rational(1, 2)] * 2
    assert mixture.components[0][1].arguments["sigma"] == Rational(6, 5)
    assert mixture.name == "p"
    assert mixture.label == "1/2*Normal(-3, 6/5) + 1/2*Normal(3, 6/5)"


def test_symbolic_weights_of_a_mixture_lie_between_0_and_1() -> None:
    request = read("H(w*Normal(0, 1) + (1 - w)*Normal(m, 1))")
    assert str(request.scope.context.domains["w"]) == "unit"


def test_a_mixture_of_another_mass_is_an_error_that_states_it() -> None:
    found = error("H(P)", let=["P = Normal(-3, 1) + Normal(3, 1)"])
    assert found.name == "mixture-mass"
    assert "sum to 2" in found.message
    assert found.place == "--let"


def test_a_mixture_of_another_mass_may_be_normalised_with_a_note() -> None:
    request = read("H(P)", let=["P = Normal(-3, 1) + Normal(3, 1)"], normalise=True)
    (mixture,) = laws(request)
    assert mixture.mass == 2
    assert [w for w, _ in mixture.components] == [Rational(1, 2)] * 2
    assert "mass 2" in request.scope.notes[0]


def test_weights_of_a_mixture_are_positive() -> None:
    assert error("H(2*Normal(0, 1) - Normal(1, 1))").name == "mixture-weights"
    found = error("H(3/2*Normal(0, 1) + (-1/2)*Normal(1, 1))")
    assert "positive" in found.message


def test_components_of_a_mixture_share_a_support() -> None:
    assert error("H(1/2*Normal(0, 1) + 1/2*Exponential(1))").name == "mixture-support"


def test_normal_takes_the_standard_deviation_and_n_the_variance() -> None:
    by_sd = laws(read("KL(Normal(mu, sigma) || Normal(0, 1))"))
    by_letter = laws(read(r"KL(\mathcal{N}(\mu, \sigma^2) || N(0, 1))"))
    assert by_sd[0].expression == by_letter[0].expression
    assert by_sd[1].expression == by_letter[1].expression
    assert by_letter[0].label == "Normal(mu, variance=sigma**2)"


@pytest.mark.parametrize(
    ("keyword", "sigma"),
    [
        ("variance=v", "sqrt(v)"),
        ("precision=v", "1/sqrt(v)"),
        ("log_variance=v", "exp(v/2)"),
        ("log_sd=v", "exp(v)"),
    ],
)
def test_other_parameterisations_are_keywords(keyword: str, sigma: str) -> None:
    (density,) = laws(read(f"H(Normal(mu, {keyword}))"))
    assert str(density.arguments["sigma"]) == sigma
    assert density.label == f"Normal(mu, {keyword})"


def test_the_second_parameter_of_gamma_is_a_keyword() -> None:
    rate, scale = laws(read("KL(Gamma(k, rate=b) || Gamma(k, scale=t))"))
    assert str(rate.arguments["rate"]) == "b"
    assert str(scale.arguments["rate"]) == "1/t"
    found = error("H(Gamma(k, b))")
    assert found.name == "parameters"
    assert "rate=..." in found.help


def test_names_have_one_canonical_spelling_and_decimals_are_exact() -> None:
    first = read("log(mu_1) + 1.2")
    assert first.statement == read("log(mu1) + 6/5").statement
    assert first.statement == read(r"\log \mu_1 + 1.2").statement
    assert first.statement.has(Rational(6, 5))


def test_the_laws_get_letters_that_no_parameter_has() -> None:
    p, q = laws(read("KL(Bernoulli(p) || Bernoulli(q))"))
    assert {p.name, q.name}.isdisjoint({"p", "q"})
    assert p.name != q.name


def test_the_variate_is_a_letter_that_no_parameter_has() -> None:
    (density,) = laws(read("H(Normal(x, 1))"))
    assert density.variate.name != "x"
    assert str(density.arguments["mu"]) == "x"


def test_the_variate_has_the_assumptions_of_the_support() -> None:
    assert laws(read("H(Gamma(k, rate=b))"))[0].variate.is_positive
    assert laws(read("H(Normal(mu, sigma))"))[0].variate.is_positive is None
    assert laws(read("H(Normal(mu, sigma))"))[0].variate.is_real
    poisson = laws(read("H(Poisson(a))"))[0].variate
    assert poisson.is_integer
    assert poisson.is_nonnegative


def test_a_formula_with_its_left_side_is_read_by_its_right_side() -> None:
    bare = read(GAUSSIAN, ["log(sigma_2/sigma_1)"])
    assert same_formula(bare, read(GAUSSIAN, ["KL(p||q) = log(sigma_2/sigma_1)"]))
    assert same_formula(bare, read(GAUSSIAN, [r"D_{KL}(P\|Q) = \log\frac{\sigma_2}{\sigma_1}"]))
    assert same_formula(bare, read(GAUSSIAN, ["= log(sigma_2/sigma_1)"]))


def test_of_a_chain_the_last_term_is_read_with_a_note() -> None:
    chain = read(GAUSSIAN, ["KL = log(sigma_2) - log(sigma_1) = log(sigma_2/sigma_1)"])
    assert same_formula(chain, read(GAUSSIAN, ["log(sigma_2/sigma_1)"]))
    assert "last term" in chain.formulas[0].readings[0].note


def test_a_formula_with_another_relation_is_refused() -> None:
    found = error(GAUSSIAN, ["mu_1 <= mu_2"])
    assert found.name == "relation"
    assert found.place == "formula"


def test_a_statement_with_a_relation_is_refused() -> None:
    assert error("KL(p || q) = 1", let=["p = Poisson(a)", "q = Poisson(b)"]).name == "statement"


def test_an_ambiguous_formula_has_several_readings_with_notes() -> None:
    (formula,) = read("log(a)", ["a/2b"], let=["a, b positive"]).formulas
    assert len(formula.readings) == 2
    assert {str(r.expr) for r in formula.readings} == {"a/(2*b)", "a*b/2"}
    assert formula.readings[1].note


def test_a_formula_may_hold_divergences() -> None:
    request = read("KL(p || q)", ["H(p, q) - H(p)"], let=["p = Poisson(a)", "q = Poisson(b)"])
    assert len(request.formulas[0].value.atoms(DivergenceValue)) == 2


def test_definitions_are_expanded_over_the_laws() -> None:
    (value,) = read(GAUSSIAN).statement.atoms(DivergenceValue)
    mean = expand_definition(value)
    p, q = (law.density for law in value.laws)
    assert isinstance(mean, Expectation)
    assert mean.density == p
    assert mean.integrand == log(p.expression / q.at(p.variate))
    assert str(expand_definition(value, abstract=True)) == "E_p[log(p(x)/q(x))]"


def test_more_trees_and_formulas_are_read_in_a_scope() -> None:
    request = read(GAUSSIAN)
    formula = read_formula("log(sigma_2/sigma_1)", request.scope)
    assert lower(formula.readings[0].tree, request.scope) == formula.value
    again = read("KL(Normal(mu_2, sigma_2) || Normal(mu_1, sigma_1))", scope=request.scope)
    assert laws(again)[0].arguments == laws(request)[1].arguments
    with pytest.raises(KlsymError, match="undeclared name: tau"):
        read_formula("tau", request.scope)


def test_a_point_is_read_exactly() -> None:
    scope = read("KL(Normal(mu, sigma) || Normal(0, 1))").scope
    point = read_point("mu=0, sigma=1.5", scope)
    assert {s.name: v for s, v in point.items()} == {"mu": 0, "sigma": Rational(3, 2)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mu=0, sigma=-2", "outside its domain"),
        ("mu=0, tau=1", "no such name"),
        ("mu=0, sigma", "expected name=value"),
        ("mu=0, sigma=pi", "rational"),
        ("mu=0, sigma=1/0", "divides by zero"),
    ],
)
def test_a_bad_point_is_refused(text: str, message: str) -> None:
    scope = read("KL(Normal(mu, sigma) || Normal(0, 1))").scope
    with pytest.raises(KlsymError, match=message) as caught:
        read_point(text, scope)
    assert caught.value.place == "--at"
    assert caught.value.span is not None
