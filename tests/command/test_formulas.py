"""Arguments that begin with a minus sign are formulas, not options."""

from __future__ import annotations

import subprocess
import sys

import pytest

STATEMENT = "KL(Normal(mu, sigma) || Normal(0, 1))"


def _check(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "klsym", "check", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "formula",
    [
        r"-\frac12(1+\log\sigma^2-\mu^2-\sigma^2)",
        "-log(sigma) + (mu^2 + sigma^2 - 1)/2",
        "-(1 + log(sigma^2) - mu^2 - sigma^2)/2",
    ],
)
def test_a_formula_may_begin_with_a_minus_sign(formula: str) -> None:
    result = _check(STATEMENT, formula, "-q")
    assert (result.stdout, result.returncode) == ("proved\n", 0)


def test_options_may_stand_before_such_a_formula() -> None:
    result = _check("--format", "json", STATEMENT, "-1")
    assert result.returncode == 1
    assert '"verdict": "refuted"' in result.stdout


def test_a_misspelt_long_option_is_still_an_error() -> None:
    result = _check(STATEMENT, "-1", "--fromat", "json")
    assert result.returncode == 2
    assert "--format" in result.stderr
