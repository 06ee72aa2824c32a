from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from klsym import KlsymError, Normal, identify

SCHEMA = json.loads((Path(__file__).parents[1] / "klsym" / "schema.json").read_text())
NORMALS = ("Normal(mu_1, sigma_1)", "Normal(mu_2, sigma_2)")
SYMMETRIC = (
    r"\frac{1}{2}((\mu_1-\mu_2)^2+(\sigma_1^2+\sigma_2^2))"
    r"(\frac{1}{\sigma_2^2}+\frac{1}{\sigma_1^2})-2"
)

Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize(
    ("formula", "p", "q", "statement"),
    [
        (SYMMETRIC, *NORMALS, "Jeffreys(Normal(mu_1, sigma_1), Normal(mu_2, sigma_2))"),
        (
            f"\\frac12({SYMMETRIC})",
            *NORMALS,
            "Jeffreys(Normal(mu_1, sigma_1), Normal(mu_2, sigma_2), average=True)",
        ),
        (
            "log(sigma_2/sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2)/(2*sigma_2**2) - 1/2",
            *NORMALS,
            "KL(Normal(mu_1, sigma_1) || Normal(mu_2, sigma_2))",
        ),
        ("b*log(b/a) + a - b", "Poisson(a)", "Poisson(b)", "KL(Poisson(b) || Poisson(a))"),
        ("b/a - log(b)", "Exponential(a)", "Exponential(b)", None),
    ],
)
def test_a_divergence_is_known_by_its_formula(
    formula: str, p: str, q: str, statement: str | None
) -> None:
    found = identify(formula, p, q)
    jsonschema.validate(found.to_dict(), SCHEMA)
    assert found.exit_code == 0
    if statement is not None:
        assert str(found) == statement
    assert all(str(each.verdict) == "proved" for each in found.found)


def test_a_symmetric_divergence_is_named_once() -> None:
    found = identify("(a - b)*log(a/b)", "Poisson(a)", "Poisson(b)")
    assert [each.divergence for each in found.found].count("Jeffreys") == 1


def test_the_same_is_said_of_distributions_of_this_package() -> None:
    found = identify("mu**2", Normal("mu", 1), Normal(0, 1))
    assert str(found) == "Jeffreys(Normal(mu, 1), Normal(0, 1))"


def test_a_formula_that_is_none_of_them_is_not_identified() -> None:
    found = identify("mu_1 + mu_2", *NORMALS)
    jsonschema.validate(found.to_dict(), SCHEMA)
    assert (found.exit_code, str(found)) == (3, "no divergence found")
    assert found.tried > 8


def test_what_cannot_be_read_is_an_error() -> None:
    with pytest.raises(KlsymError):
        identify("mu_1 +", *NORMALS)


def test_the_command_names_it_and_exits_with_0_or_3(klsym: Call) -> None:
    done = klsym("identify", "(a - b)*log(a/b)", "Poisson(a)", "Poisson(b)", "-q")
    assert (done.stdout, done.returncode) == ("Jeffreys(Poisson(a), Poisson(b))\n", 0)
    done = klsym("identify", "-a", "Poisson(a)", "Poisson(b)", "--format", "json")
    assert done.returncode == 3
    jsonschema.validate(json.loads(done.stdout), SCHEMA)
