"""derive: closed forms, their steps, and why there is none."""

from __future__ import annotations

import pytest
import sympy

from klsym import KlsymError, check, derive

GAUSSIAN = "KL(Normal(mu_1, sigma_1) || Normal(mu_2, sigma_2))"
PUBLISHED = "log(sigma_2/sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2)/(2*sigma_2**2) - 1/2"


def test_the_gaussian_divergence_has_its_textbook_form() -> None:
    assert str(derive(GAUSSIAN)) == PUBLISHED


def test_the_steps_are_those_of_a_textbook() -> None:
    rules = [step.rule for step in derive(GAUSSIAN).steps]
    assert rules == ["definition", "densities", "logarithm", "linearity", "gaussian", "collection"]


def test_each_step_begins_where_the_last_one_ended() -> None:
    result = derive(GAUSSIAN)
    assert result.steps[0].before == result.derivation.statement
    for step, following in zip(result.steps, result.steps[1:], strict=False):
        assert step.after == following.before
    assert result.steps[-1].after == result.closed_form


def test_a_derivation_is_confirmed_by_numbers() -> None:
    confirmed = derive(GAUSSIAN).confirmation
    assert confirmed is not None
    assert confirmed.digits == 15


@pytest.mark.parametrize(
    ("statement", "closed"),
    [
        ("H(Normal(mu, sigma))", "log(2*pi*e*sigma^2)/2"),
        ("H(Normal(0, 1), Normal(mu, sigma))", "log(2*pi*sigma^2)/2 + (1 + mu^2)/(2*sigma^2)"),
        ("KL(Laplace(m, b) || Laplace(n, c))", "log(c/b) - 1 + (b*exp(-|m-n|/b) + |m-n|)/c"),
        ("KL(Poisson(a) || Poisson(b))", "a*log(a/b) + b - a"),
        ("KL(LogNormal(m, s) || LogNormal(n, t))", "log(t/s) + (s^2 + (m - n)^2)/(2*t^2) - 1/2"),
        ("E(Poisson(a), x*(x - 1))", "a^2"),
        ("E(Normal(m, s), x^4)", "m^4 + 6*m^2*s^2 + 3*s^4"),
        ("E(Exponential(a), exp(-x))", "a/(a + 1)"),
        ("KL(Exponential(a) || Laplace(m, c))", "log(2*a*c) - 1 + (m - 1/a + 2*exp(-a*m)/a)/c"),
    ],
)
def test_a_closed_form_is_equal_to_the_published_one(statement: str, closed: str) -> None:
    assume = ["m > 0"] if "Laplace(m, c)" in statement else []
    assert check(statement, closed, assume=assume).verdict == "proved"


def test_the_average_is_half_the_sum() -> None:
    pair = "Exponential(a), Exponential(b)"
    total = derive(f"Jeffreys({pair})").closed_form
    half = derive(f"Jeffreys({pair}, average=True)").closed_form
    assert total is not None
    assert half is not None
    assert sympy.simplify(total - 2 * half) == 0


def test_the_route_by_entropies_gives_the_same() -> None:
    other = derive(GAUSSIAN, route="entropies")
    assert str(other) == PUBLISHED
    assert len(other.steps) > len(derive(GAUSSIAN).steps)


def test_the_route_by_entropies_needs_a_divergence() -> None:
    with pytest.raises(KlsymError, match="entropies"):
        derive("H(Normal(mu, sigma))", route="entropies")


def test_supports_that_do_not_nest_give_infinity_with_the_place() -> None:
    result = derive("KL(Laplace(m, b) || Exponential(a))")
    assert result.closed_form == sympy.oo
    assert "x < 0" in str(result.reason)
    assert result.to_dict()["value"] == "oo"


def test_the_divergence_of_a_density_from_itself_is_zero() -> None:
    assert derive("KL(Gamma(k, rate=b) || Gamma(k, rate=b))").closed_form == 0


def test_where_no_rule_reaches_the_answer_says_how_far_it_got() -> None:
    mixture = "1/2*Normal(-3, 1.2) + 1/2*Normal(3, 1.2)"
    result = derive(f"KL({mixture} || Normal(mu, sigma))")
    assert result.closed_form is None
    assert result.reason
    assert result.exit_code == 3


def test_latex_is_an_align_with_a_reason_at_each_step() -> None:
    found = derive(GAUSSIAN)
    latex = found.to_latex()
    assert latex.startswith(r"\begin{align*}")
    # That the chain begins with a definition needs no saying.
    assert latex.count(r"text{") == len(found.steps) - 1


def test_numbers_have_what_is_left_of_a_time_limit() -> None:
    limit = derive(GAUSSIAN, time_limit=100).time_limit
    assert limit is not None
    assert 0 < limit < 50
