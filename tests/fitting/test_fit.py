from __future__ import annotations

import json
import sys
from pathlib import Path

import jsonschema
import pytest
import sympy

import klsym
from klsym import KlsymError, fit
from klsym.fitting.moments import sufficient_statistics
from klsym.fitting.problem import problem_of

TWO_HUMPS = "1/2*Normal(-3, 1.2) + 1/2*Normal(3, 1.2)"
SCHEMA = json.loads((Path(klsym.__file__).parent / "schema.json").read_text())


def values(fitted: object, number: int = 0) -> dict[str, float]:
    return {s.name: float(v) for s, v in fitted.fits[number].values.items()}  # type: ignore[attr-defined]


def test_forward_kl_into_the_normal_family_matches_mean_and_variance() -> None:
    found = fit(TWO_HUMPS, "Normal", digits=10)
    assert found.exact
    assert str(found) == "mu = 0, sigma = 3*sqrt(29)/5"
    assert found.fits[0].value == "0.3145581571"
    assert [step["rule"] for step in found.to_dict()["steps"]] == [
        "cross-entropy",
        "stationary",
        "stationary",
        "solution",
        "solution",
    ]


def test_an_exact_fit_keeps_the_parameters_of_the_target() -> None:
    found = fit("Gamma(k, rate=b)", "Exponential")
    k, b = sympy.symbols("k b", positive=True)
    (value,) = found.fits[0].values.values()
    assert sympy.simplify(value - b / k) == 0
    assert found.fits[0].value is None


@pytest.mark.parametrize(
    ("target", "family", "expected"),
    [
        ("Binomial(10, 1/3)", "Poisson", {"rate": 10 / 3}),
        ("Uniform(0, 4)", "Normal", {"mu": 2, "sigma": 2 / 3**0.5}),
        ("Poisson(3)", "Geometric", {"p": 1 / 4}),
        ("LogNormal(1, 2)", "Normal(mu, sigma)", None),
    ],
)
def test_a_fitted_exponential_family_has_the_mean_of_the_target(
    target: str, family: str, expected: dict[str, float] | None
) -> None:
    found = fit(target, family)
    assert found.exact
    assert len(found.fits) == 1
    if expected is not None:
        assert values(found) == pytest.approx(expected)


def test_the_reverse_fit_of_two_humps_has_three_minima_and_the_wide_one_is_lowest() -> None:
    found = fit(TWO_HUMPS, "Normal", divergence="reverse", digits=6)
    assert not found.exact
    assert [each.value for each in found.fits] == ["0.481062", "0.666463", "0.666463"]
    assert [each.best for each in found.fits] == [True, False, False]
    assert values(found) == pytest.approx({"mu": 0, "sigma": 2.8687}, abs=1e-4)
    sides = sorted(values(found, number)["mu"] for number in (1, 2))
    assert sides == pytest.approx([-2.86331, 2.86331], abs=1e-5)
    assert values(found, 1)["sigma"] == pytest.approx(1.36375, abs=1e-5)


def test_a_fit_without_an_exact_solution_is_searched_and_told_to_be_the_only_one() -> None:
    found = fit("LogNormal(0, 1)", "Gamma", digits=8)
    assert not found.exact
    assert len(found.fits) == 1
    assert values(found) == pytest.approx({"shape": 1.13772, "rate": 0.690065}, abs=1e-5)
    assert any("only minimum" in note for note in found.notes)


def test_another_divergence_is_minimised_with_its_options() -> None:
    found = fit("Normal(0, 1)", "Normal(mu, 2)", divergence="Renyi(order=1/2)")
    assert values(found) == pytest.approx({"mu": 0}, abs=1e-6)


def test_a_searched_value_lies_below_that_of_its_neighbours() -> None:
    found = fit("Gamma(3, rate=1)", "LogNormal", divergence="Hellinger2", digits=8)
    (best,) = found.fits
    least = float(best.value or "nan")
    for moved in best.values:
        for factor in ("1.01", "0.99"):
            mu, sigma = (
                value * (sympy.Rational(factor) if symbol == moved else 1)
                for symbol, value in best.values.items()
            )
            text = f"Hellinger2(Gamma(3, rate=1), LogNormal({mu}, {sigma}))"
            assert float(klsym.evaluate(text, digits=10).value or "nan") > least


def test_sufficient_statistics_are_those_of_a_full_family() -> None:
    full = problem_of("Normal(0, 1)", "Normal", "KL", (), (), False)
    curved = problem_of("Normal(0, 1)", "Normal(m, variance=m**2)", "KL", (), (), False)
    assert {str(s) for s in sufficient_statistics(full)} == {"x", "x**2"}
    assert sufficient_statistics(curved) == ()


def test_a_name_of_the_target_is_not_taken_for_the_family() -> None:
    found = fit("Laplace(mu, b)", "Normal")
    assert {s.name for s in found.fits[0].values} == {"mu_q", "sigma"}


@pytest.mark.parametrize(
    ("target", "family", "divergence", "name"),
    [
        ("Normal(0, 1)", "Exponential", "KL", "cannot-fit"),
        ("Normal(0, 1)", "Expnential", "KL", "unknown-family"),
        ("Normall(0, 1)", "Normal", "KL", "unknown-family"),
        ("Normal(0, 1)", "Normal(0, 2)", "KL", "nothing-to-fit"),
        ("Binomial(9, 1/3)", "Binomial", "KL", "whole-parameter"),
        ("Normal(0, 1)", "Normal", "Kl2", "unknown-divergence"),
        ("Normal(0, 1)", "Normal(mu", "KL", "unclosed-bracket"),
        ("StudentT(1)", "Normal", "KL", "cannot-fit"),
    ],
)
def test_what_cannot_be_fitted_is_refused(
    target: str, family: str, divergence: str, name: str
) -> None:
    with pytest.raises(KlsymError) as caught:
        fit(target, family, divergence=divergence)
    assert caught.value.name == name
    assert caught.value.help


def test_the_json_of_a_fit_keeps_its_schema() -> None:
    jsonschema.validate(fit(TWO_HUMPS, "Normal").to_dict(), SCHEMA)


def test_a_target_with_parameters_that_has_no_exact_fit_stays_open() -> None:
    found = fit("Gamma(k, rate=b)", "Weibull")
    assert found.exit_code == 3
    assert "needs values for b, k" in (found.reason or "")


def test_a_picture_of_a_fit_is_written_with_it() -> None:
    found = fit(TWO_HUMPS, "Normal", path="fit.svg")
    assert found.files["fit.svg"].startswith(b"<?xml")


def test_without_scipy_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("klsym.fitting.search", "klsym.floating"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(KlsymError) as caught:
        fit("LogNormal(0, 1)", "Gamma")
    assert caught.value.name == "needs-scipy"
    assert fit(TWO_HUMPS, "Normal").exact
