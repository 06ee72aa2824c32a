"""Results as text, Markdown, JSON and aligned LaTeX."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sympy import Integer, Rational, exp, log, oo, symbols

from klsym.density import Density, Support
from klsym.derivation import Derivation, Step
from klsym.domain import Context
from klsym.expectation import DivergenceValue, Expectation, Law
from klsym.verdict import Confirmation, Counterexample, Diagnosis
from klsym.writing import jsonform, markdown, text
from klsym.writing.align import align, latex_text
from klsym.writing.latex import latex
from klsym.writing.plain import plain

SCHEMA = json.loads((Path(__file__).parents[2] / "klsym" / "schema.json").read_text())

x = symbols("x", real=True)
a, b = symbols("a b", positive=True)
SUPPORT = Support(Integer(0), oo)
P = Law(Density(x, SUPPORT, a * exp(-a * x), "Exponential(a)", "p"))
Q = Law(Density(x, SUPPORT, b * exp(-b * x), "Exponential(b)", "q"))
STATEMENT = DivergenceValue.of("KL", (P, Q), {})
MEAN = Expectation(P, log(a / b) + (b - a) * x)
CLOSED = log(a / b) + b / a - 1
DERIVATION = Derivation(
    statement=STATEMENT,
    context=Context(),
    closed_form=CLOSED,
    steps=(
        Step("definition", "the definition of KL", STATEMENT, MEAN),
        Step("linearity", "the mean is linear", MEAN, CLOSED, facts=((Expectation(P, x), 1 / a),)),
    ),
    conditions=(symbols("a", real=True) > 0,),
)


def checked(**changes: Any) -> dict[str, Any]:
    return {
        "schema": "klsym/1",
        "command": "check",
        "verdict": "proved",
        "statement": "KL(Exponential(a) || Exponential(b))",
        "formula": "log(a/b) + b/a - 1",
        "closed_form": plain(CLOSED),
        "conditions": [],
        "proof": None,
        "counterexample": None,
        "diagnoses": [],
        "confirmed": jsonform.confirmation(Confirmation(15, 1)),
        "assumptions": ["a > 0", "b > 0"],
        "reading": latex(CLOSED),
        "seconds": 0.0214,
        "reason": None,
        "notes": [],
        **changes,
    }


REFUTED = checked(
    verdict="refuted",
    counterexample=jsonform.counterexample(
        Counterexample({"a": Integer(1), "b": Rational(1, 2)}, "0.193", "0.307", "-0.114", 3, 64)
    ),
    diagnoses=[
        jsonform.diagnosis(
            Diagnosis("reversed-arguments", "this is KL(q || p)", "KL(q || p)", "", "statement")
        )
    ],
    confirmed=None,
)


def derived(**changes: Any) -> dict[str, Any]:
    return {
        "schema": "klsym/1",
        "command": "derive",
        "statement": "KL(Exponential(a) || Exponential(b))",
        "closed_form": plain(CLOSED),
        "latex": latex(CLOSED),
        "conditions": jsonform.conditions(DERIVATION.conditions),
        "steps": jsonform.steps(DERIVATION),
        "confirmed": None,
        "assumptions": [],
        "seconds": 0.01,
        "reason": None,
        "notes": [],
        **changes,
    }


@pytest.mark.parametrize(
    "result",
    [checked(), REFUTED, derived(), derived(closed_form="oo", value="oo", reason="supports")],
)
def test_the_json_of_a_result_fits_the_schema(result: dict[str, Any]) -> None:
    jsonschema.validate(result, SCHEMA)


@pytest.mark.parametrize(
    "result",
    [
        checked(verdict="refuted"),
        checked(verdict="undecided"),
        checked(verdict="probably"),
        derived(closed_form=None),
        checked(extra=1),
        {"error": {"name": "x"}},
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_have(result: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(result, SCHEMA)


def test_a_proof_is_shown_with_what_it_assumes() -> None:
    assert text.check(checked()) == (
        "proved\n"
        "\n"
        "  statement    KL(Exponential(a) || Exponential(b))\n"
        "  derived      = log(a/b) + b/a - 1\n"
        "  formula      log(a/b) + b/a - 1\n"
        "\n"
        "  assuming     a > 0, b > 0\n"
        "  confirmed    to 15 digits at 1 point, by quadrature of the definition"
    )


def test_a_refutation_shows_its_point_and_the_slip() -> None:
    shown = text.check(REFUTED, exact="log(2) - 1/2", notes=["read as written"])
    assert "  at a = 1, b = 1/2:\n  statement    0.193\n  formula      0.307\n" in shown
    assert "  difference   -0.114 = log(2) - 1/2\n" in shown
    assert "  likely slip: reversed-arguments\n" in shown
    assert "  proved is    KL(q || p)\n" in shown
    assert "  note         read as written" in shown


def test_quiet_shows_the_answer_alone() -> None:
    assert text.check(checked(), verbose=-1) == "proved"
    assert text.derive(derived(), verbose=-1) == "log(a/b) + b/a - 1 for a > 0"


def test_colour_only_where_asked() -> None:
    assert "\x1b" not in text.check(REFUTED)
    assert text.check(REFUTED, colour=True).startswith("\x1b[31;1mrefuted\x1b[0m")


def test_no_formula_can_steer_the_terminal() -> None:
    shown = text.check(checked(formula="\x1b[2J\u202ea", reason="\x07"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", shown)


def test_a_derivation_is_shown_step_by_step() -> None:
    shown = text.derive(derived(), derivation=DERIVATION)
    assert shown == (
        "KL(Exponential(a) || Exponential(b))\n"
        "\n"
        "  KL(p || q)\n"
        "    = E_p[log(a/b) + x*(b - a)]\n"
        "        the definition of KL\n"
        "    = log(a/b) + b/a - 1\n"
        "        the mean is linear; with\n"
        "          E_p[x] = 1/a\n"
        "\n"
        "= log(a/b) + b/a - 1 for a > 0"
    )


def test_an_infinite_value_is_shown_with_its_reason() -> None:
    shown = text.derive(derived(closed_form="oo", value="oo", reason="q is 0 below 1"))
    assert shown.endswith("= oo for a > 0: q is 0 below 1")


def test_no_closed_form_is_said_so() -> None:
    shown = text.derive(derived(closed_form=None, latex=None, conditions=[], reason="no rule"))
    assert shown.endswith("undecided: no rule")


def test_aligned_latex_has_a_reason_at_each_step() -> None:
    assert align(DERIVATION) == (
        "\\begin{align*}\n"
        "  D_{\\mathrm{KL}}(p \\,\\|\\, q) &= "
        "\\operatorname{E}_{p}\\left[\\log\\left(\\frac{a}{b}\\right) + "
        "x \\left(b - a\\right)\\right]\n"
        "  \\intertext{the mean is linear, with "
        "$\\operatorname{E}_{p}\\left[x\\right] = \\frac{1}{a}$:}\n"
        "  &= \\log\\left(\\frac{a}{b}\\right) + \\frac{b}{a} - 1 \\\\\n"
        "  &\\qquad \\text{for $a > 0$}\n"
        "\\end{align*}"
    )


def test_a_reason_stands_above_a_step_that_fills_the_line() -> None:
    long = Step("collected", "a reason that goes on " * 3, MEAN, CLOSED)
    rows = align(replace(DERIVATION, steps=(DERIVATION.steps[0], long))).splitlines()
    assert not any("&&" in row for row in rows)
    assert rows[2].startswith("  \\intertext{a reason that goes on")


def test_a_reason_cannot_break_out_of_its_text() -> None:
    hostile = "} \\input{/etc/passwd} $x$ % σ \x00 é"
    assert latex_text(hostile) == (
        r"\} \textbackslash{}input\{/etc/passwd\} \$x\$ \% \ensuremath{\sigma}   ?"
    )


def test_markdown_shows_every_part() -> None:
    shown = markdown.check(REFUTED)
    assert shown.startswith("**❌ refuted**")
    assert "- at `a = 1, b = 1/2`:" in shown
    derivation = markdown.derive(derived(), derivation=DERIVATION)
    assert "```math\n\\begin{aligned}" in derivation
    assert "Closed form: `log(a/b) + b/a - 1` for `a > 0`" in derivation


def test_a_number_is_shown_with_its_error_when_asked() -> None:
    result = {
        "schema": "klsym/1",
        "command": "evaluate",
        "statement": "KL(p || q)",
        "value": "0.31469",
        "digits": 5,
        "radius": "1e-20",
        "certified": True,
        "point": {"a": "1", "b": "2"},
        "seconds": 0.1,
        "reason": None,
        "notes": [],
    }
    jsonschema.validate(result, SCHEMA)
    assert text.evaluate(result) == "0.31469"
    assert "error below  1e-20" in text.evaluate(result, verbose=1)
    assert markdown.evaluate(result) == "`KL(p || q)` = `0.31469`"
