from __future__ import annotations

import pytest
from outline import outline

from klsym.syntax import Names, parse, readings
from klsym.syntax.reading import KINDS

SCALARS = Names(frozenset({"a", "b", "c", "x", "p", "q", "n"}))


@pytest.mark.parametrize(
    ("kind", "text", "default", "other"),
    [
        ("slash-product", r"\, a/bc", "(a/(b.c))", "((a/b).c)"),
        ("slash-product", "1/2(a+b)", "((1/2).(a+b))", "(1/(2.(a+b)))"),
        ("slash-product", r"a/b e^{x}", "((a/b).(e^x))", "(a/(b.(e^x)))"),
        ("slash-product", "1/2 x", "((1/2).x)", "(1/(2.x))"),
        ("slash-product", "1/2x", "(1/(2.x))", "((1/2).x)"),
        ("slash-product", r"a/b\log c", "((a/b).log@(c))", "(a/(b.log@(c)))"),
        ("log-quotient", r"\log p/q", "log@((p/q))", "(log@(p)/q)"),
        ("log-bracket", r"\log x(1-x)", "(log@(x).(1-x))", "log@((x.(1-x)))"),
        ("log-bracket", r"\ln\frac{p}{q}(1-p)", "(log@((p/q)).(1-p))", "log@(((p/q).(1-p)))"),
        ("call-power", r"\log(x)^2", "(log@(x)^2)", "log@((x^2))"),
        ("product-or-call", r"\, p(x)", "(p.x)", "p@(x)"),
        ("mixed-number", r"2\frac14", "(2.(1/4))", "(2+(1/4))"),
        ("digit-script", r"\, x^10", "((x^1).0)", "(x^10)"),
        ("digit-script", r"\, x_12", "(x_1.2)", "x_12"),
        ("decimal-exponent", r"\, 2e-3", "((2.e)-3)", "2e-3"),
        ("inverse-function", r"\tanh^{-1} x", "arctanh@(x)", "(tanh@(x)^(-1))"),
        ("superscript-label", r"x^{(2)}", "(x^2)", "x(2)"),
        ("transpose", r"x^{T}", "transpose@(x)", "(x^T)"),
        ("word-or-product", r"mu + \alpha", "(mu+alpha)", "((m.u)+alpha)"),
        ("root-extent", "√2π", "(sqrt[-](2).pi)", "sqrt[-]((2.pi))"),
    ],
)
def test_an_ambiguity_is_kept_with_both_readings(
    kind: str, text: str, default: str, other: str
) -> None:
    found = list(readings(text, SCALARS))
    assert [outline(reading.tree) for reading in found[:2]] == [default, other]
    first, second = (reading.ambiguities[0] for reading in found[:2])
    assert first.kind == second.kind == kind
    assert first.alternatives == (second.chosen,)
    assert set(KINDS[kind]) == {first.chosen, second.chosen}


def test_every_kind_of_ambiguity_has_two_readings() -> None:
    assert all(len(set(pair)) == 2 for pair in KINDS.values())


def test_an_ambiguity_points_at_its_place() -> None:
    text = r"1 + \log p/q"
    (ambiguity,) = parse(text, SCALARS).ambiguities
    assert text[ambiguity.span.start : ambiguity.span.end] == "/"


def test_a_choice_is_taken_at_its_place_only() -> None:
    text = r"\log a/b + \log p/q"
    reading = parse(text, SCALARS, {("log-quotient", 6): "log(p)/q"})
    assert outline(reading.tree) == "((log@(a)/b)+log@((p/q)))"


def test_an_unknown_choice_leaves_the_default() -> None:
    reading = parse(r"\log p/q", SCALARS, {("log-quotient", 6): "nonsense", ("x", 0): "y"})
    assert outline(reading.tree) == "log@((p/q))"


def test_readings_begin_with_the_default_and_differ() -> None:
    text = r"\log a/b + \log p/q + a/bc + \log x(1-x)"
    found = list(readings(text, SCALARS))
    assert found[0] == parse(text, SCALARS)
    assert len(found) == 8
    assert len({outline(reading.tree) for reading in found}) == 8


def test_readings_stop_at_the_limit() -> None:
    text = " + ".join([r"\log p/q"] * 12)
    assert len(list(readings(text, SCALARS, limit=5))) == 5
    assert len(list(readings(text, SCALARS, limit=1))) == 1


def test_all_readings_of_two_places_are_four() -> None:
    assert len(list(readings(r"\log a/b + \log p/q", SCALARS))) == 4


def test_a_clear_formula_has_one_reading() -> None:
    text = r"\log\frac{a}{b} + \frac{(a-b)^2}{2 c} - \frac12"
    (reading,) = readings(text, SCALARS)
    assert reading.ambiguities == ()
    assert reading.notation == "latex"
