"""What the words around formulas say: labels, suppositions, ranges, supports, premises."""

from __future__ import annotations

from pathlib import Path

import pytest

from klsym import run
from klsym.documents import Document
from klsym.documents.fragments import fragments, implications
from klsym.documents.prose import prose_around


def check(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "post.md"
    path.write_text(text, encoding="utf-8")
    (document,) = run([path]).documents
    return document


def verdicts(document: Document) -> list[str]:
    return [str(claim.verdict) for claim in document.claims]


def notes(document: Document) -> list[str]:
    return [note for other in document.other for note in other.notes]


@pytest.mark.parametrize(
    "before", ["Let P: ", "$P$: ", "**P**: ", "- P: ", "two laws (P): "], ids=str
)
def test_a_label_may_stand_outside_the_dollars(tmp_path: Path, before: str) -> None:
    text = before + "$X \\sim N(\\mu, \\sigma^2)$. Then $H(P) = \\frac12\\log(2\\pi e\\sigma^2)$."
    assert verdicts(check(tmp_path, text)) == ["proved"]


def test_a_variable_of_two_distributions_has_the_mean_of_the_one_a_chain_compares(
    tmp_path: Path,
) -> None:
    laws = "P: $X \\sim \\mathrm{Pois}(a)$ and Q: $X \\sim \\mathrm{Pois}(b)$.\n\n"
    chain = "$$\\begin{aligned}KL(P\\|Q) &= E[x \\log\\frac ab - a + b] \\\\"
    chain += "&= E[x]\\log\\frac ab - a + b \\\\ &= b\\log\\frac ab - a + b\\end{aligned}$$"
    assert verdicts(check(tmp_path, laws + chain)) == ["proved", "proved", "refuted"]


def test_a_premise_holds_in_its_own_display_only(tmp_path: Path) -> None:
    text = "$X \\sim N(0, 1)$\n\n"
    text += "$$X \\sim \\mathrm{Exp}(\\lambda) \\Rightarrow E(X) = \\frac1\\lambda \\quad"
    text += "\\text{and} \\quad \\operatorname{Var}(X) = \\frac{1}{\\lambda^2}$$\n\n$$E[X] = 0$$"
    assert verdicts(check(tmp_path, text)) == ["proved"] * 3


@pytest.mark.parametrize(
    "density", ["f_X(x)", "p(x)", "p_X(x)"], ids=["of X", "of the variable", "p of X"]
)
def test_a_density_belongs_to_the_variable_that_is_declared(tmp_path: Path, density: str) -> None:
    text = f"$Y \\sim N(5, 1)$, $X \\sim \\mathrm{{Exp}}(a)$\n\n$$E[X] = \\int x {density} dx$$"
    assert verdicts(check(tmp_path, text)) == ["proved"]


def test_the_second_parameter_is_read_as_most_formulas_need_it(tmp_path: Path) -> None:
    text = "$X \\sim \\mathrm{Gam}(a, b)$ has $E[X] = ab$, $\\operatorname{Var}(X) = ab^2$, "
    text += "$E[\\log X] = \\psi(a) - \\log b$."
    document = check(tmp_path, text)
    assert verdicts(document) == ["proved", "proved", "refuted"]
    assert "Gam is read as Gamma(..., scale=...)" in document.claims[0].finding.notes


def test_what_no_reading_makes_true_is_shown_in_the_likeliest_one(tmp_path: Path) -> None:
    document = check(tmp_path, "$X \\sim \\mathrm{Exp}(t)$ has $E[X] = t$ and $E[X^3] = 3t^3$")
    assert verdicts(document) == ["proved", "refuted"]
    counterexample = document.claims[1].finding.counterexample
    assert counterexample is not None
    assert (counterexample["statement"], counterexample["formula"]) == ("6", "3")


def test_dots_make_no_claim(tmp_path: Path) -> None:
    document = check(tmp_path, "$1 + 2 + \\dots + n = n(n+1)/2$")
    assert (verdicts(document), [other.kind for other in document.other]) == ([], ["ellipsis"])


def test_a_density_with_its_parameters_under_an_integral_is_a_distribution(tmp_path: Path) -> None:
    text = "$$\\int N(x; m, v) \\log\\frac{N(x; m, v)}{N(x; 0, v)} dx = \\frac{m^2}{2v}$$\n\n"
    text += "$$\\sum_{x=0}^\\infty \\mathrm{Pois}(x; a) x^2 = a^2$$"
    assert verdicts(check(tmp_path, text)) == ["proved", "refuted"]


def test_a_condition_beside_an_equation_holds_for_it(tmp_path: Path) -> None:
    text = "$$\\sqrt{x^2} = x, \\quad x \\geq 0$$\n\n$$\\sqrt{x^2} = x$$"
    assert verdicts(check(tmp_path, text)) == ["proved", "refuted"]


def test_what_prose_says_of_a_name_holds_in_its_section(tmp_path: Path) -> None:
    text = "# A\n\n$|x| = x$, where $x > 0$.\n\n# B\n\n$|x| = x$"
    assert verdicts(check(tmp_path, text)) == ["proved", "refuted"]


def test_a_supposition_is_no_claim(tmp_path: Path) -> None:
    document = check(tmp_path, "If $\\log 2 = 1$ and when $1 = 2$, all is lost.")
    assert (verdicts(document), [other.kind for other in document.other]) == (
        [],
        ["condition", "condition"],
    )


def test_a_case_in_the_prose_holds_for_what_follows(tmp_path: Path) -> None:
    text = (
        "P: $X \\sim \\mathrm{Bern}(a)$, Q: $X \\sim \\mathrm{Bern}(b)$. For $a = b$ and then for "
    )
    text += "$a = \\frac12$ we get $KL(P\\|Q) = -\\frac12\\log(4b(1-b))$."
    assert verdicts(check(tmp_path, text)) == ["proved"]


def test_what_holds_on_a_part_only_is_not_refuted_outside_of_it(tmp_path: Path) -> None:
    text = "$X \\sim U(a, b)$ has $\\log f_X(x) = 0$ if it has length one."
    assert verdicts(check(tmp_path, text)) == ["undecided"]


def test_a_mean_is_of_the_section_it_stands_in(tmp_path: Path) -> None:
    text = "# A\n\n$X \\sim N(0, 1)$\n\n# B\n\n$$f(x) = a e^{-a x}, \\quad x > 0$$\n\n"
    text += "$$E[x] = 1/a$$\n\n$$E[x] = a$$"
    assert verdicts(check(tmp_path, text)) == ["proved", "refuted"]


def test_a_constant_density_is_given_no_support(tmp_path: Path) -> None:
    document = check(tmp_path, "$q(x) = \\frac13$ and $p(x) = a e^{-ax}$: $KL(p\\|q) = 0$")
    assert verdicts(document) == ["unread"]


def test_a_definition_that_is_not_the_density_it_names_is_told(tmp_path: Path) -> None:
    right = "$X \\sim N(\\mu, \\sigma^2)$ has\n\n$$f_X(x) = \\frac{1}{\\sqrt{2\\pi}\\sigma}"
    right += "e^{-(x-\\mu)^2/(2\\sigma^2)}$$"
    assert notes(check(tmp_path, right)) == []
    (note,) = notes(check(tmp_path, right.replace("\\sigma}", "\\sigma^2}")))
    assert note.startswith("it is not the density of X in line 1: at ")


def test_substitutions_that_undo_each_other_say_nothing(tmp_path: Path) -> None:
    text = "With $z = \\log x$, that is $x = e^z$: $\\int_0^\\infty e^{-x} dx = 1$"
    assert verdicts(check(tmp_path, text)) == ["proved"]


def test_a_letter_for_the_base_of_logarithms_may_be_e(tmp_path: Path) -> None:
    text = "$X \\sim N(0, v)$\n\n$$H(X) = -\\int p(x) \\log_c p(x) dx = \\frac12\\log(2\\pi e v)$$"
    document = check(tmp_path, text)
    assert verdicts(document)[0] == "proved"
    assert document.claims[0].finding.notes[-1].endswith("with c = e")


def test_an_entropy_is_in_the_unit_of_the_logarithms_beside_it(tmp_path: Path) -> None:
    text = "$X \\sim \\mathrm{Bern}(p)$ with $H(X) = -p\\log_2 p - (1-p)\\log_2(1-p)$ and "
    text += "$H(X) = -p\\log_2 p$ and $\\log_2 p = \\log p$"
    assert verdicts(check(tmp_path, text)) == ["proved", "refuted", "refuted"]


def test_the_variable_of_a_distribution_is_a_factor_of_itself(tmp_path: Path) -> None:
    text = "$X \\sim \\mathrm{Pois}(a)$: $E[X (X-1)] = a^2$, $E[X (X+1)] = a^2$"
    assert verdicts(check(tmp_path, text)) == ["proved", "refuted"]


def test_a_variable_before_a_bracket_is_a_factor(tmp_path: Path) -> None:
    text = "$x \\sim \\mathrm{Beta}(a, b)$: $x(1 - x) = x - x^2$, "
    text += "$E[x(1-x)] = \\frac{ab}{(a+b)(a+b+1)}$"
    assert verdicts(check(tmp_path, text)) == ["proved", "proved"]


def test_a_probability_of_a_value_is_that_of_the_discrete_distribution(tmp_path: Path) -> None:
    text = "$X \\sim \\mathrm{Bern}(p)$: $P(X = 1) = p$ and $\\mathrm{Pr}(X = 0) = p$"
    assert verdicts(check(tmp_path, text)) == ["proved", "refuted"]


def test_the_derivative_of_a_density_is_not_the_density(tmp_path: Path) -> None:
    text = "$X \\sim \\mathrm{Exp}(a)$: $f_X'(x) = f_X(x)$"
    assert verdicts(check(tmp_path, text)) == ["unread"]


def test_a_letter_that_is_defined_anew_has_its_new_meaning_from_there_on(tmp_path: Path) -> None:
    text = "Let $s = a^2$ so $\\log s = 2\\log a$. Now let $s = a^3$: then $\\log s = 3\\log a$, "
    text += "$\\log s = 2\\log a$ and $s = a^2$."
    assert verdicts(check(tmp_path, text)) == ["proved", "proved", "refuted", "refuted"]


def test_an_identity_holds_where_both_sides_have_a_value(tmp_path: Path) -> None:
    text = "$\\log x^2 = 2\\log x$ and $\\log x^2 = 3\\log x$"
    assert verdicts(check(tmp_path, text)) == ["proved", "refuted"]


def test_what_cannot_be_read_spoils_no_other_part_of_its_row(tmp_path: Path) -> None:
    text = "$$\\log(ab) = \\unknownmacro{3} = \\log a + \\log b, \\quad 1 + 1 = 3$$"
    assert verdicts(check(tmp_path, text)) == ["unread", "proved", "refuted"]


def test_a_chain_does_not_go_on_across_a_left_side_that_was_lost(tmp_path: Path) -> None:
    text = "$$a = a$$\n\n$$\\begin{aligned}\\unknownmacro{3} &= 5\\\\ &= 2 + 3\\end{aligned}$$"
    assert verdicts(check(tmp_path, text)) == ["proved", "unread", "proved"]


def test_fragments_stand_between_separators_of_depth_zero() -> None:
    text = "f(x, y) = \\{1, 2\\} \\leq c, \\quad d"
    pieces = [text[f.span.start : f.span.end].strip() for f in fragments(text)]
    assert pieces == ["f(x, y)", "\\{1, 2\\}", "c", "d"]
    assert [premise for _, premise in implications("a \\Rightarrow b \\iff c")] == [
        True,
        True,
        False,
    ]


def test_words_before_a_formula_make_it_a_supposition_or_a_range() -> None:
    assert prose_around("and if $", "$").supposes
    assert prose_around("for all $", "$").places
    assert not prose_around("we get $", "$").supposes
    assert prose_around("so $", "$ for any $").proviso == "for"
    assert prose_around("Q: $", "").label == "Q"
