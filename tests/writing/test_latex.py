from __future__ import annotations

import pytest
from sympy import (
    EulerGamma,
    Expr,
    Function,
    Integral,
    Rational,
    Sum,
    Symbol,
    digamma,
    erf,
    exp,
    factorial,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sqrt,
    symbols,
    true,
)

from klsym.density import Density, Support
from klsym.expectation import DensityAt, DivergenceValue, Expectation, Law
from klsym.writing.latex import latex, latex_name
from klsym.writing.plain import plain

m1, m2, x = symbols("mu_1 mu_2 x", real=True)
s1, s2, a, b, k = symbols("sigma_1 sigma_2 a b k", positive=True)


def law(name: str, rate: Symbol) -> Law:
    support = Support(Rational(0), oo)
    return Law(Density(x, support, rate * exp(-rate * x), f"Exponential({rate})", name))


P, Q = law("p", a), law("q_1", b)

CASES = [
    (
        log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - Rational(1, 2),
        r"\log\left(\frac{\sigma_2}{\sigma_1}\right) + \frac{\sigma_1^{2} + "
        r"\left(\mu_1 - \mu_2\right)^{2}}{2 \sigma_2^{2}} - \frac{1}{2}",
    ),
    (digamma(a), r"\psi(a)"),
    (polygamma(1, a), r"\psi'(a)"),
    (polygamma(3, a), r"\psi^{(3)}(a)"),
    (loggamma(a + 1), r"\log\Gamma(a + 1)"),
    (log(x) ** 2, r"\log^{2}(x)"),
    (EulerGamma, r"\gamma_{\mathrm{E}}"),
    (erf(x), r"\operatorname{erf}(x)"),
    (exp(-a * x), r"e^{- a x}"),
    (exp(-(x**2) / 2) / sqrt(2 * pi), None),
    (Function("p")(x), "p(x)"),
    (
        Integral((x + 1) * exp(-x), (x, 0, oo)),
        r"\int_{0}^{\infty} \left(x + 1\right) e^{- x}\,\mathrm{d}x",
    ),
    (Sum(a**x / factorial(x), (x, 0, oo)), r"\sum_{x=0}^{\infty} \frac{a^{x}}{x!}"),
    (Expectation(P, x**2), r"\operatorname{E}_{p}\left[x^{2}\right]"),
    (DivergenceValue.of("KL", (P, Q), {}), r"D_{\mathrm{KL}}(p \,\|\, q_1)"),
    (DensityAt(P, x) / DensityAt(Q, 2 * x), r"\frac{p(x)}{q_1(2 x)}"),
    (
        DivergenceValue.of("Jeffreys", (P, Q), {"average": true}),
        r"J_{\mathrm{average}}(p, q_1)",
    ),
    (DivergenceValue.of("KL", (P, Q), {"entropies": true}), r"D_{\mathrm{KL}}(p \,\|\, q_1)"),
    (DivergenceValue.of("KL", (Q, P), {}), r"D_{\mathrm{KL}}(q_1 \,\|\, p)"),
    (a < b, "a < b"),
]


@pytest.mark.parametrize(
    ("expression", "text"), [c for c in CASES if c[1]], ids=[c[1] for c in CASES if c[1]]
)
def test_an_expression_is_latex_as_papers_print_it(expression: Expr, text: str) -> None:
    assert latex(expression) == text


@pytest.mark.parametrize(("expression", "_"), CASES)
def test_braces_and_brackets_are_paired(expression: Expr, _: str) -> None:
    text = latex(expression)
    assert text.count("{") == text.count("}")
    assert text.count(r"\left") == text.count(r"\right")


def test_no_macro_needs_more_than_amsmath() -> None:
    for expression, _ in CASES:
        assert r"\mathbb" not in latex(expression)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mu_1", r"\mu_1"),
        ("sigma_prior", r"\sigma_{\mathrm{prior}}"),
        ("hat_x", r"\hat{x}"),
        ("hat_x_1", r"\hat{x}_1"),
        ("sigma'", r"\sigma'"),
        ("sigma'_1", r"\sigma'_1"),
        ("mu_phi", r"\mu_\phi"),
        ("theta_12", r"\theta_{12}"),
        ("x_i_j", r"x_{i, j}"),
        ("hat", r"\mathrm{hat}"),
        ("rate", r"\mathrm{rate}"),
        ("Sigma", r"\Sigma"),
    ],
)
def test_a_name_is_latex_with_its_scripts(name: str, text: str) -> None:
    assert latex_name(name) == text


def test_heads_are_plain_text_too() -> None:
    assert plain(Expectation(P, x**2)) == "E_p[x**2]"
    assert plain(DivergenceValue.of("Entropy", (P,), {})) == "H(p)"
    assert plain(DivergenceValue.of("KL", (P, Q), {})) == "KL(p || q_1)"
    assert plain(DivergenceValue.of("Renyi", (P, Q), {"order": a})) == "Renyi(p, q_1, order=a)"
