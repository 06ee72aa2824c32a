from __future__ import annotations

import json
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pytest

import klsym
from klsym import KlsymError, plot

SCHEMA = json.loads((Path(klsym.__file__).parent / "schema.json").read_text())
GAUSSIAN = "KL(Normal(0, 1) || Normal(mu, 2))"


def test_the_area_below_the_integrand_is_the_divergence() -> None:
    found = plot(GAUSSIAN, at="mu=1")
    integrand = found.picture.integrand
    assert integrand is not None
    area = np.trapezoid(integrand.y, integrand.x)
    assert area == pytest.approx(float(found.value or "nan"), abs=2e-3)
    assert found.picture.title == "KL(p || q) = 0.443147 at mu = 1"


def test_a_discrete_divergence_is_drawn_over_whole_numbers() -> None:
    found = plot("KL(Poisson(2) || Poisson(b))", at="b=3")
    integrand = found.picture.integrand
    assert found.picture.discrete
    assert integrand is not None
    assert np.all(integrand.x == np.round(integrand.x))
    assert integrand.y.sum() == pytest.approx(float(found.value or "nan"), abs=1e-2)


def test_a_sweep_has_the_values_of_the_divergence() -> None:
    found = plot("KL(Exponential(1) || Exponential(b))", sweep="b=0.5:2")
    curve = found.picture.sweep
    assert curve is not None
    assert curve.y == pytest.approx(curve.x - 1 - np.log(curve.x))


def test_a_sweep_leaves_out_what_lies_outside_the_domain() -> None:
    curve = plot("KL(Exponential(1) || Exponential(b))", sweep="b=-1:2").picture.sweep
    assert curve is not None
    assert np.isnan(curve.y[curve.x <= 0]).all()
    assert np.isfinite(curve.y[curve.x > 0]).all()


def test_a_sweep_without_a_closed_form_is_integrated() -> None:
    statement = "KL(1/2*Normal(-1, 1) + 1/2*Normal(1, 1) || Normal(0, s))"
    curve = plot(statement, sweep="s=1:3").picture.sweep
    assert curve is not None
    value = klsym.evaluate(statement, at=f"s={curve.x[60]}", digits=8).value
    assert curve.y[60] == pytest.approx(float(value or "nan"), rel=1e-7)


@pytest.mark.parametrize(
    ("form", "head"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")]
)
def test_a_picture_is_written_in_each_form_and_twice_the_same(form: str, head: bytes) -> None:
    found = plot("H(Normal(0, s))", at="s=2")
    image = found.to_image(form)
    assert image.startswith(head)
    assert image == found.to_image(form)


@pytest.mark.parametrize(
    ("statement", "options", "name"),
    [
        ("log(2)", {}, "no-picture"),
        (GAUSSIAN, {}, "missing-value"),
        (GAUSSIAN, {"at": "mu=1", "path": "x.gif"}, "unknown-format"),
        (GAUSSIAN, {"sweep": "nu=1:2"}, "sweep"),
        (GAUSSIAN, {"sweep": "mu=2:1"}, "sweep"),
        (GAUSSIAN, {"sweep": "mu"}, "sweep"),
        ("KL(Normal(0, 1) || Exponential(a))", {"sweep": "a=1:2"}, "sweep"),
        ("KL(Exponential(a) || Exponential(b))", {"sweep": "a=1:2"}, "missing-value"),
        ("KL(Exponential(1) || Exponential(b))", {"sweep": "b=-2:-1"}, "sweep"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    statement: str, options: dict[str, str], name: str
) -> None:
    with pytest.raises(KlsymError) as caught:
        plot(statement, **options)  # type: ignore[arg-type]
    assert caught.value.name == name


def test_the_json_of_a_plot_keeps_its_schema() -> None:
    jsonschema.validate(plot(GAUSSIAN, at="mu=1", path="a.svg").to_dict(), SCHEMA)


def test_without_matplotlib_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(KlsymError) as caught:
        plot(GAUSSIAN, at="mu=1")
    assert caught.value.name == "needs-matplotlib"
    assert "klsym[plot]" in caught.value.help
