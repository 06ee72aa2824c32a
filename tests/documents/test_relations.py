"""Relations other than =, and what is equal only as an optimum."""

from __future__ import annotations

from pathlib import Path

import pytest

from klsym import run
from klsym.documents import Document


def check(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "post.md"
    path.write_text(text, encoding="utf-8")
    (document,) = run([path]).documents
    return document


def verdict(document: Document) -> str:
    (claim,) = document.claims
    return str(claim.verdict)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("KL(p\\|q) \\geq 0", "proved"),
        ("KL(p\\|q) \\leq 0", "undecided"),
        ("-\\int p(x)\\log p(x) dx \\leq -\\int p(x)\\log q(x) dx", "proved"),
        ("\\log(a) \\leq a - 1", "proved"),
        ("\\log(a) \\geq a - 1", "refuted"),
        ("\\log(a) < a - 1", "refuted"),
        ("\\log\\frac ab + \\frac ba - 1 \\geq 0", "proved"),
        ("\\frac{a^2 + b^2}{2} \\geq \\sqrt{a^2} b", "proved"),
        ("\\log 2 \\approx 0.69", "proved"),
        ("\\log 2 \\approx 0.71", "refuted"),
        ("e^{\\pi} > \\pi^e", "proved"),
        ("e^{\\pi} < \\pi^e", "refuted"),
        ("\\frac12 \\log\\frac98 = 0.0589", "proved"),
        ("\\frac12 \\log\\frac98 = 0.0588", "refuted"),
        ("\\log 4 \\neq 2 \\log 2", "refuted"),
        ("\\arg\\min_t (t^2 - 2 a t) = \\arg\\min_t (3 t^2 - 6 a t + b)", "proved"),
        ("\\arg\\max_t (a t - t^2) = \\arg\\min_t (t^2 - a t)", "proved"),
    ],
)
def test_relations_are_decided(tmp_path: Path, claim: str, expected: str) -> None:
    document = check(tmp_path, f"$${claim}$$")
    if expected == "undecided":
        assert [other.kind for other in document.other] == ["inequality"]
    else:
        assert verdict(document) == expected


def test_sides_are_proportional_where_their_ratio_is_free_of_the_variate(tmp_path: Path) -> None:
    law = "$q(z) \\sim N(\\mu, \\sigma^2)$ so "
    right = "$q(z) \\propto e^{-(z-\\mu)^2/(2\\sigma^2)}$"
    assert verdict(check(tmp_path, law + right)) == "proved"
    assert verdict(check(tmp_path, law + right.replace("2\\sigma", "\\sigma"))) == "refuted"


def test_optima_of_different_functions_are_classed(tmp_path: Path) -> None:
    document = check(tmp_path, "$$\\arg\\min_t (t^2) = \\arg\\min_t (t^4)$$")
    assert (document.claims, [other.kind for other in document.other]) == ((), ["optimum"])


def test_a_chain_may_mix_equations_and_inequalities(tmp_path: Path) -> None:
    text = "$$\\begin{aligned}0 &\\leq (a - b)^2 \\\\ &= a^2 - 2ab + b^2 \\\\"
    text += "&\\leq a^2 + b^2 \\\\ &\\leq (a - b)^2\\end{aligned}$$"
    document = check(tmp_path, text)
    found = [(claim.relation, str(claim.verdict)) for claim in document.claims]
    assert found == [("<=", "proved"), ("=", "proved"), ("<=", "proved"), ("<=", "refuted")]


def test_a_range_of_a_name_is_no_claim(tmp_path: Path) -> None:
    document = check(tmp_path, "$0 \\leq x \\leq 1$, $a < b$, $n \\in \\{1, 2\\}$")
    assert document.claims == ()


def test_an_antiderivative_is_checked_by_its_derivative(tmp_path: Path) -> None:
    right = "$$\\int x e^{-a x} dx = -(\\frac{x}{a} + \\frac{1}{a^2}) e^{-a x}$$"
    assert verdict(check(tmp_path, right)) == "proved"
    assert verdict(check(tmp_path, right.replace("= -", "= "))) == "refuted"


def test_an_equation_of_differentials_has_no_value(tmp_path: Path) -> None:
    text = "$$f(x) \\, \\mathrm{d}x = e^{y} g(y) \\, \\mathrm{d}y$$"
    document = check(tmp_path, text)
    assert (document.claims, [other.kind for other in document.other]) == ((), ["differential"])
