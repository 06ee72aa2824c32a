r"""Formulas as papers print them, from ``tests/data/printed.json``, with what each means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from klsym import KlsymError, Verdict, check

PRINTED = json.loads((Path(__file__).parents[1] / "data" / "printed.json").read_text("utf-8"))


@pytest.mark.parametrize("case", PRINTED, ids=[case["text"] for case in PRINTED])
def test_a_printed_formula_means_what_its_author_meant(case: dict[str, Any]) -> None:
    declared = {"let": case.get("let", []), "assume": case.get("assume", [])}
    found = check(case["means"], case["text"], **declared)
    if "open" in case:
        assert found.verdict is Verdict.UNDECIDED
        assert str(found.reason).startswith(case["open"])
    else:
        assert found.verdict is Verdict.PROVED


@pytest.mark.parametrize("case", PRINTED[::5], ids=[case["text"] for case in PRINTED[::5]])
def test_a_printed_formula_means_nothing_else(case: dict[str, Any]) -> None:
    declared = {"let": case.get("let", []), "assume": case.get("assume", [])}
    assert check(f"{case['means']} + 1/7", case["text"], **declared).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    "text",
    [
        r"\operatorname{tr}(\Sigma_2^{-1}\Sigma_1) - k + \ln\frac{\det\Sigma_2}{\det\Sigma_1}",
        r"(\mu_2 - \mu_1)^\top \Sigma^{-1} (\mu_2 - \mu_1)",
        r"\mathbf{x}^T\mathbf{A}\mathbf{x}",
        r"\Sigma_1\Sigma_2 - \Sigma_2\Sigma_1",
        r"\lVert\boldsymbol\mu\rVert_2^2",
        r"\mu_1'\Sigma^{-1}\mu_1",
        r"\log|\boldsymbol{\Sigma}|",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\frac12 \mathbf{z}\mathbf{z}",
    ],
)
def test_matrices_are_read_and_not_decided_upon(text: str) -> None:
    result = check("0", text)
    assert result.verdict is Verdict.UNDECIDED
    assert "matrices and vectors" in str(result.reason)
    assert result.reading


def test_a_letter_of_matrices_that_is_declared_is_a_number() -> None:
    result = check("log(Sigma)", r"\frac12\log\Sigma^2", let=["Sigma positive"])
    assert result.verdict is Verdict.PROVED


def test_a_bold_variate_of_a_density_is_no_vector_of_its_own() -> None:
    text = r"\int p(\mathbf{x}) \log p(\mathbf{x}) \, d\mathbf{x}"
    assert check("-H(p)", text, let=["p = Normal(mu, sigma)"]).verdict is Verdict.PROVED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (r"\left. x + y \right|_0^1", "variable"),
        (r"\Big[ \frac1x \Big]_0^1", "undefined"),
        (r"\lim_{x \to 0} ", "missing-argument"),
        (r"\lim_{x} x", "unexpected-token"),
        (r"\psi^{-1}(x)", "unknown-function"),
        (r"\int \frac{1}{1+x}", "differential"),
        (r"\frac{\partial^2}{\partial x} x", "unexpected-token"),
    ],
)
def test_a_formula_that_says_too_little_is_refused(text: str, name: str) -> None:
    with pytest.raises(KlsymError) as raised:
        check("1", text)
    assert raised.value.name == name


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("gamma(a)", r"\Gamma^{-1}(a)"),
        ("besseli(0, x)", r"I_0^{-1}(x)"),
        ("0", r"\frac{d\log x}{dx}"),
        ("1", r"\lim_{x\to\infty} x e^{-x}"),
    ],
)
def test_a_formula_that_means_something_else_is_not_proved(statement: str, text: str) -> None:
    assert check(statement, text, let=["x, a positive"]).verdict is Verdict.REFUTED


def test_the_derivative_of_a_density_is_not_the_density() -> None:
    result = check("p(x)", "p'(x)", let=["p = Exponential(a)", "x positive"])
    assert result.verdict is Verdict.UNDECIDED


def test_the_derivative_of_an_unknown_letter_is_not_zero() -> None:
    result = check("0", r"\frac{\partial L}{\partial \sigma}", let=["L positive"])
    assert result.verdict is Verdict.UNDECIDED


def test_how_a_printed_distribution_was_read_is_told() -> None:
    statement = r"\mathrm{KL}(\mathrm{Gam}(2, b) \,\|\, \mathrm{Gam}(2, c))"
    by_rate = check(statement, r"2\ln\frac{b}{c} + 2\frac{c}{b} - 2")
    by_scale = check(statement, r"2\ln\frac{c}{b} + 2\frac{b}{c} - 2")
    assert by_rate.verdict is by_scale.verdict is Verdict.PROVED
    assert any("rate=..." in note for note in by_rate.notes)
    assert any("scale=..." in note for note in by_scale.notes)
    assert check(statement, r"2\ln\frac{b}{c} + \frac{c}{b} - 2").verdict is Verdict.REFUTED


def test_all_readings_are_shown_where_a_formula_is_ambiguous() -> None:
    result = check("log(p)/q", r"\log p/q", let=["p, q unit"], show_reading=True)
    assert [latex for latex, _ in result.readings] == [
        r"\log\left(\frac{p}{q}\right)",
        r"\frac{\log\left(p\right)}{q}",
    ]
    assert result.to_dict()["readings"][1]["note"] == "'/' read as log(p)/q"
    assert "or read as" in result.to_text()


def test_a_chosen_reading_is_the_only_one() -> None:
    chosen = {"let": ["p, q unit"], "reading": ["log-quotient log(p/q)"]}
    assert check("log(p)/q", r"\log p/q", **chosen).verdict is Verdict.REFUTED
    assert check("log(p/q)", r"\log p/q", **chosen).verdict is Verdict.PROVED


@pytest.mark.parametrize("text", ["", "slash", "log-quotient", "log-quotient log", "call product"])
def test_a_choice_that_is_none_is_refused_with_the_choices(text: str) -> None:
    with pytest.raises(KlsymError) as raised:
        check("1", r"\log p/q", reading=[text])
    assert raised.value.name == "reading"
    assert raised.value.help
