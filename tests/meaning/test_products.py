"""Products of distributions and indexed names: how they are read, and what is refused."""

from __future__ import annotations

import pytest
from sympy import Integer, Symbol, log

from klsym import KlsymError, check, derive
from klsym.density import Product
from klsym.expectation import IndexSum, Law
from klsym.meaning import read
from klsym.syntax.indices import at_index, carries

STATEMENT = "KL(prod_j Normal(mu_j, sigma_j) || N(0, I))"
PLAIN = "sum(mu_j**2 + sigma_j**2 - 2*log(sigma_j) - 1, j, 1, J)/2"


@pytest.mark.parametrize(
    "statement",
    [
        STATEMENT,
        r"KL(prod_{j=1}^{J} Normal(mu_j, sigma_j) || N(0, I))",
        r"KL(\prod_{j=1}^{J} \mathcal{N}(\mu_j, \sigma_j^2) \,\|\, \mathcal{N}(0, I))",
        r"KL(\prod_j \mathcal{N}(\mu_j, \sigma_j^2) \| \mathcal N(\mathbf 0, \mathbf I))",
        r"D_{KL}\left(\prod_j^J N(\mu_j, \sigma_j^2) \| N(\boldsymbol{0}, \mathbf{I}_J)\right)",
        "KL(prod(Normal(mu_j, sigma_j), j, 1, J) || N(0, I))",
        "KL(∏_{j=1}^{J} N(μ_j, σ_j²) ‖ N(0, I))",
        "KL(prod_j Normal(mu_j, sigma_j) || prod_j Normal(0, 1))",
        "KL(prod_j Normal(mu_j, sigma_j) || prod_k Normal(0, 1))",
    ],
)
def test_every_spelling_of_the_product_has_one_closed_form(statement: str) -> None:
    assert str(derive(statement)) == PLAIN


def test_a_product_may_have_a_name() -> None:
    let = ["q = prod_j Normal(mu_j, sigma_j)"]
    assert str(derive("KL(q || N(0, I))", let=let)) == PLAIN
    assert str(derive("KL(q(z) || N(0, I))", let=let)) == PLAIN


def test_the_components_of_a_product_carry_its_index() -> None:
    request = read(STATEMENT)
    products = [law.density for law in request.statement.atoms(Law)]
    assert all(isinstance(product, Product) for product in products)
    assert {str(s) for s in request.statement.free_symbols} == {"J"}
    assert "sigma_j > 0" in request.scope.assumptions


def test_an_isotropic_normal_has_one_variance_for_all_components() -> None:
    found = derive(r"KL(\prod_j N(\mu_j, \tau^2) || N(0, \sigma^2 I))")
    assert found.closed_form is not None
    assert {s.name for s in found.closed_form.free_symbols} == {"J", "tau", "sigma"}


def test_components_that_do_not_carry_the_index_are_as_many_copies() -> None:
    found = derive("KL(prod_j Exponential(a) || prod_j Exponential(b))")
    assert str(found) == "J*log(a/b) + J*b/a - J"


def test_the_number_of_components_goes_by_the_letter_a_formula_uses() -> None:
    assert read(STATEMENT, ["sum_{d=1}^{D} mu_d"]).scope.context.domains.keys() >= {"D"}
    assert "J" in read(STATEMENT, ["sum_d mu_d - J/2"]).scope.context.domains
    notes = read(STATEMENT.replace("prod_j", "prod_{j=1}^{J}"), ["sum_{d=1}^{D} mu_d"]).scope.notes
    assert "D is read as J" in notes


def test_a_sum_without_bounds_takes_the_range_of_the_statement_and_says_so() -> None:
    scope = read(STATEMENT, [r"\sum_i \mu_i"]).scope
    assert "i runs from 1 to J" in scope.notes


def test_a_declared_number_of_components_is_its_own() -> None:
    result = check("sum_{j=1}^{J} a_j", "sum_{d=1}^{D} a_d", let=["J, D natural"])
    assert str(result.verdict) == "refuted"


def test_two_numbers_of_components_in_one_statement_stay_two() -> None:
    statement = "sum_{j=1}^{J} a_j + sum_{k=1}^{K} b_k"
    assert str(check(statement, "sum_{j=1}^{J} (a_j + b_j)").verdict) == "refuted"
    assert str(check(statement, "sum_{k=1}^{K} b_k + sum_{j=1}^{J} a_j").verdict) == "proved"


def test_a_name_outside_all_sums_is_named() -> None:
    assert "sigma_j stands outside any sum over j" in read(STATEMENT, ["log(sigma_j)"]).scope.notes


def test_a_sum_binds_the_names_that_carry_its_index() -> None:
    s, t, index = Symbol("sigma_j", positive=True), Symbol("tau", positive=True), Symbol("j")
    total = IndexSum(t * log(s), index, Integer(1), Symbol("J"))
    assert {x.name for x in total.free_symbols} == {"tau", "J"}
    assert total.xreplace({s: Integer(2)}) == total
    assert total.xreplace({t: Integer(3)}).body == 3 * log(s)


def test_a_sum_of_what_has_no_index_is_a_multiple() -> None:
    t, count = Symbol("tau", positive=True), Symbol("J")
    assert IndexSum(t, Symbol("j"), Integer(1), count) == count * t


def test_an_index_is_a_whole_subscript() -> None:
    assert carries("x_1_j", "j")
    assert not carries("x_jj", "j")
    assert at_index("x_1_j'", "j", "2") == "x_1_2'"


@pytest.mark.parametrize(
    ("statement", "name", "place"),
    [
        ("KL(prod_j Normal(mu_j, sigma_j) || Normal(0, 1))", "components", "Normal(0, 1)"),
        ("KL(prod_{j=1}^{J} N(m_j, 1) || prod_{j=1}^{5} N(0, 1))", "components", "prod_{j=1}^{5}"),
        (r"KL(\prod_{j \in J} N(\mu_j, 1) || N(0, I))", "index", r"\prod_{j \in J} N"),
        ("TV(prod_j Normal(mu_j, 1), N(0, I))", "unsupported", "TV(prod_j"),
        ("E(prod_j Normal(mu_j, 1), x)", "unsupported", "prod_j Normal"),
        (r"\sum_{j=1}^{J} \sigma_{j+1}", "unsupported", r"\sigma_{j+1}"),
        (r"\sum_{j=1}^{J} \sum_{k=1}^{K} a_j b_k", "unsupported", r"\sum_{k=1}^{K}"),
        (r"\sum_{j=1}^{\infty} a_j", "index", r"\sum_{j=1}"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(statement: str, name: str, place: str) -> None:
    with pytest.raises(KlsymError) as caught:
        derive(statement)
    error = caught.value
    assert error.name == name
    assert error.span is not None
    assert error.text[error.span.start :].startswith(place)


def test_an_index_under_the_sum_over_another_one_is_refused() -> None:
    with pytest.raises(KlsymError, match="mu_j stands under a sum over d"):
        check(STATEMENT, r"\sum_d \sigma_d \mu_j")


def test_a_sum_without_bounds_needs_a_range_somewhere() -> None:
    with pytest.raises(KlsymError, match="a sum without bounds"):
        derive(r"\sum_j a_j")


def test_nothing_is_assumed_of_what_may_be_the_mean_of_components() -> None:
    with pytest.raises(KlsymError, match="undeclared name: bar_x"):
        check(r"\sum_{i=1}^n (x_i - \bar x)^2", r"\sum_{i=1}^n x_i^2 - n \bar x^2")


def test_a_real_number_of_components_is_refused() -> None:
    with pytest.raises(KlsymError, match="a is no number of components"):
        derive("KL(prod_{j=1}^{a} Normal(mu_j, 1) || N(0, I))", let=["a positive"])
