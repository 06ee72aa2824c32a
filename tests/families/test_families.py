"""Every family there is: mass, divergence from itself, certified values, identities."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
import sympy
from flint import arb

from klsym.density import Density, Family
from klsym.derivation import Derivation
from klsym.deriving import request_of
from klsym.domain import Context
from klsym.equality.prove import prove
from klsym.expectation import Law
from klsym.families import families
from klsym.integrals.engine import derive_closed_form
from klsym.integrals.recognition import mass
from klsym.numerics.balls import Unsupported
from klsym.numerics.enclose import enclose, enclose_mass
from klsym.verdict import Proof

NAMES = sorted(families())
DIGITS = 8

IDENTITIES = {
    "ChiSquared(k)": "Gamma(k/2, rate=1/2)",
    "Exponential(a)": "Gamma(1, rate=a)",
    "Gamma(k, scale=t)": "Gamma(k, rate=1/t)",
    "Rayleigh(s)": "Weibull(2, s*sqrt(2))",
    "HalfNormal(s)": "GeneralizedGamma(s*sqrt(2), 1, 2)",
    "Maxwell(a)": "GeneralizedGamma(a*sqrt(2), 3, 2)",
    "Chi(k)": "GeneralizedGamma(sqrt(2), k, 2)",
    "Nakagami(m, w)": "GeneralizedGamma(sqrt(w/m), 2*m, 2)",
    "Weibull(k, l)": "GeneralizedGamma(l, k, k)",
    "Levy(c)": "InverseGamma(1/2, scale=c/2)",
    "Arcsine()": "Beta(1/2, 1/2)",
    "PowerFunction(a)": "Beta(a, 1)",
    "Kumaraswamy(1, b)": "Beta(1, b)",
    "Uniform(0, 1)": "Beta(1, 1)",
    "Uniform(-pi, pi)": "CircularUniform()",
    "Cauchy(0, 1)": "StudentT(1)",
    "Lomax(a, 1)": "BetaPrime(1, a)",
    "FisherF(m, m)": "BetaPrime(m/2, m/2)",
    "LogLogistic(1, 1)": "BetaPrime(1, 1)",
    "Laplace(m, b)": "GeneralizedNormal(m, b, 1)",
    "Normal(m, s)": "GeneralizedNormal(m, s*sqrt(2), 2)",
    "Normal(m, variance=v)": "Normal(m, sqrt(v))",
    "ContinuousBernoulli(logit=-a)": "TruncExp(a, 1)",
}


def _arguments(family: Family) -> str:
    letters = "abcdfghk"
    return ", ".join(
        (f"{p.name}=" if p.keyword_only else "") + letters[i]
        for i, p in enumerate(family.parameters)
    )


def _instance(name: str) -> tuple[str, Density, Context]:
    text = f"{name}({_arguments(families()[name])})"
    request = request_of(f"E({text}, x)", (), (), (), False)
    (law,) = request.statement.atoms(Law)
    return text, law.density, request.scope.context


def _derived(statement: str) -> Derivation:
    request = request_of(statement, (), (), (), False)
    return derive_closed_form(request.statement, request.scope.context)


@pytest.mark.parametrize("name", NAMES)
def test_a_family_has_mass_one(name: str) -> None:
    _, density, context = _instance(name)
    total = mass(density, context)
    assert total is not None
    assert isinstance(prove(total, sympy.S.One, context), Proof)


@pytest.mark.parametrize("name", NAMES)
def test_a_family_has_mass_one_by_certified_quadrature(name: str) -> None:
    _, density, context = _instance(name)
    point = next(context.small_points())
    ball = _mass_ball(density, point)
    assert ball is None or ball.contains(1)


@pytest.mark.parametrize("name", NAMES)
def test_the_divergence_of_a_family_from_itself_is_zero(name: str) -> None:
    text, _, _ = _instance(name)
    assert _derived(f"KL({text} || {text})").closed_form == 0


@pytest.mark.parametrize("name", NAMES)
def test_the_entropy_of_a_family_lies_in_its_certified_ball(name: str) -> None:
    text, _, _ = _instance(name)
    derivation = _derived(f"H({text})")
    closed = derivation.closed_form
    if closed is None:
        assert derivation.reason
        return
    for point in islice(derivation.context.small_points(), 3, 5):
        values = [_ball(expr, point) for expr in (derivation.definition, closed)]
        if None not in values:
            assert values[0].overlaps(values[1])


def _mass_ball(density: Density, point: Any) -> arb | None:
    try:
        return enclose_mass(density, point, DIGITS)
    except Unsupported:
        return None


def _ball(expr: Any, point: Any) -> arb | None:
    try:
        return enclose(expr, point, DIGITS)
    except Unsupported:
        return None


@pytest.mark.parametrize(("left", "right"), IDENTITIES.items(), ids=IDENTITIES)
def test_one_family_is_another_in_disguise(left: str, right: str) -> None:
    derivation = _derived(f"KL({left} || {right})")
    assert derivation.closed_form is not None
    assert isinstance(prove(derivation.closed_form, sympy.S.Zero, derivation.context), Proof)


@pytest.mark.parametrize("name", NAMES)
def test_each_alternative_parameter_replaces_a_parameter(name: str) -> None:
    family = families()[name]
    parameters = {p.name for p in family.parameters}
    assert all(a.replaces in parameters for a in family.alternatives)
