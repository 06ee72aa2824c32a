from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import sympy

from klsym.errors import KlsymError
from klsym.expectation import Expectation
from klsym.meaning.declarations import declared_names, read_let
from klsym.meaning.equations import Equation, Side, read_equation
from klsym.syntax import parse
from klsym.syntax.names import Names

NORMALS = ("q = N(mu, sigma^2)", "p = N(0, 1)")


def read(
    *texts: str, let: Sequence[str] = NORMALS, abstract: Sequence[str] = (), **more: Any
) -> Equation:
    known = declared_names(let)
    names = Names(None, known.functions | frozenset(abstract))
    sides = [Side(text, ((parse(text, names, latex=True).tree, ""),)) for text in texts]
    declared = [read_let(text, known) for text in let]
    return read_equation(sides, declared, abstract={n: n for n in abstract}, **more)


def value(text: str, **options: Any) -> Any:
    return read(text, **options).sides[0].value


@pytest.mark.parametrize(
    ("text", "law", "integrand"),
    [
        (r"\int z^2 q(z) dz", "q", "x**2"),
        (r"\int_{-\infty}^{\infty} q(z) z dz", "q", "x"),
        (r"\int_{\mathbb{R}} q(z) z dz", "q", "x"),
        (r"\int dz\, z\, q(z)", "q", "x"),
        (r"\int q(t) dt", "q", "1"),
        (r"\int p(z) \left(z + \frac{z}{2}\right) dz", "p", "3*x/2"),
        (r"\mathbb{E}_{z \sim q}[z^2]", "q", "x**2"),
    ],
)
def test_an_integral_against_a_density_is_a_mean(text: str, law: str, integrand: str) -> None:
    (mean,) = value(text).atoms(Expectation)
    assert mean.density.name == law
    assert str(mean.integrand) == integrand


def test_an_integral_against_two_densities_is_the_sum_of_two_means() -> None:
    found = value(r"\int [q(z) - p(z)] z\, dz")
    assert sorted(str(mean) for mean in found.atoms(Expectation)) == ["E_p[-x]", "E_q[x]"]


def test_a_sum_over_a_discrete_distribution_is_a_mean() -> None:
    found = value(r"\sum_{k=0}^\infty k P(k)", let=["P = Poisson(lambda)"])
    assert str(found).startswith("E_P[")


def test_a_sum_over_a_continuous_distribution_is_an_error() -> None:
    with pytest.raises(KlsymError, match="q is continuous"):
        value(r"\sum_x q(x) \log q(x)")


def test_an_integral_that_leaves_the_support_is_an_error() -> None:
    with pytest.raises(KlsymError, match="a part of the support"):
        value(r"\int_{-1}^1 x P(x) dx", let=["P = Exponential(lambda)"])


def test_an_integral_within_the_support_stays_one() -> None:
    assert isinstance(value(r"\int_0^1 z q(z) dz"), sympy.Integral)


def test_an_integral_without_a_density_stays_one() -> None:
    assert isinstance(value(r"\int_0^1 x^2 dx"), sympy.Integral)


def test_a_sum_whose_summand_lacks_the_index_counts_its_terms() -> None:
    found = read(r"\sum_{d=1}^{D} (\mu + 1)")
    assert str(sympy.expand(found.sides[0].value)) == "D*mu + D"
    assert str(found.scope.context.domains["D"]) == "natural"


def test_a_sum_with_numbers_for_bounds_is_written_out() -> None:
    assert value(r"\sum_{i=1}^{4} i^2") == 30


@pytest.mark.parametrize("text", [r"\sum_i i", r"\prod_{i=1}^{n} i", r"\sum_{i=1}^\infty 1"])
def test_sums_klsym_cannot_take_are_refused(text: str) -> None:
    with pytest.raises(KlsymError):
        value(text)


def test_of_an_abstract_distribution_nothing_is_known_but_that_it_is_positive() -> None:
    found = value(r"\int r(x) \log r(x) dx", abstract=["r"])
    (mean,) = found.atoms(Expectation)
    assert mean.integrand.has(sympy.log)
    assert mean.density.expression.is_positive


def test_a_density_at_a_free_point_gives_the_point_its_domain() -> None:
    found = read(r"\log p(x)", let=["p = Exponential(a)"])
    assert str(found.scope.context.domains["x"]) == "positive"


def test_a_definition_stands_for_its_name() -> None:
    body = parse(r"\sigma^2", Names(), latex=True).tree
    found = read(r"v + 1", definitions={"v": body})
    assert str(found.sides[0].value) == "sigma**2 + 1"


def test_a_definition_may_set_a_parameter_of_a_distribution() -> None:
    body = parse("1", Names(), latex=True).tree
    found = read(r"\mathbb{E}_q[z]", definitions={"sigma": body})
    assert not {s.name for s in found.sides[0].value.free_symbols} & {"sigma"}


def test_a_definition_by_itself_is_an_error() -> None:
    body = parse("v + 1", Names(), latex=True).tree
    with pytest.raises(KlsymError, match="v is defined by itself"):
        read("v", definitions={"v": body})
