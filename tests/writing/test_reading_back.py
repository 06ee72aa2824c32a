"""What klsym prints, klsym reads: as plain text and as LaTeX, it is the same expression."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import (
    E,
    EulerGamma,
    Expr,
    Integer,
    Max,
    Rational,
    digamma,
    erf,
    exp,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sqrt,
    symbols,
)

from klsym.divergences import divergences
from klsym.errors import KlsymError
from klsym.meaning import read
from klsym.writing.latex import latex
from klsym.writing.plain import plain

m1, m2, x = symbols("mu_1 mu_2 x", real=True)
s1, s2, a, b, c = symbols("sigma_1 sigma_2 a b sigma_prior", positive=True)
DECLARED = ["mu_1, mu_2, x real", "sigma_1, sigma_2, a, b, sigma_prior positive"]

CASES = [
    log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - Rational(1, 2),
    m1**2 / 2 + s1**2 / 2 - log(s1) - Rational(1, 2),
    (a - b) * digamma(a) - loggamma(a) + loggamma(b) + b * log(s1 / s2) + a * (s2 - s1) / s1,
    log(2 * pi * s1**2) / 2 + Rational(1, 2),
    polygamma(1, a) * polygamma(2, b) ** 2 - EulerGamma,
    sqrt(a) / sqrt(b) + a ** Rational(1, 3),
    exp(-((x - m1) ** 2) / (2 * s1**2)) / (sqrt(2 * pi) * s1),
    abs(m1 - m2) / b + exp(-abs(m1 - m2) / b) - 1,
    log(a) ** 2 * log(c / s1),
    a**b * gamma(a) / gamma(a + b),
    erf(x / sqrt(2)) / 2,
    E * a + E**b,
    -a * log(2) / b,
    Max(a, b) - 1,
    (1 - a) * log((1 - a) / (1 - b)) + a * log(a / b),
    a / (b * (a + b)) - 3 * a * b / 7,
    -(a ** (-b)) + 2 ** (-a),
    oo,
]

ATOMS = st.sampled_from([m1, s1, a, b, Integer(2), Rational(-3, 7), log(a), digamma(b), exp(-a)])


def combined(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    pairs = st.tuples(parts, parts)
    return st.one_of(
        pairs.map(lambda p: p[0] + p[1]),
        pairs.map(lambda p: p[0] - p[1]),
        pairs.map(lambda p: p[0] * p[1]),
        parts.map(lambda e: e / (s2**2 + 1)),
        parts.map(lambda e: e**2),
        parts.map(lambda e: log(1 + e**2)),
    )


def read_back(text: str) -> Expr:
    """The expression read; the logarithm of a gamma function is loggamma here."""
    found = read(text, let=DECLARED).statement
    return found.replace(lambda e: e.func is log and e.args[0].func is gamma, _loggamma)


def _loggamma(logarithm: Expr) -> Expr:
    return loggamma(logarithm.args[0].args[0])


@pytest.mark.parametrize("expression", CASES, ids=plain)
def test_plain_text_is_read_back(expression: Expr) -> None:
    assert (read_back(plain(expression)) - expression).expand() == 0 or expression == oo


@pytest.mark.parametrize("expression", CASES, ids=plain)
def test_latex_is_read_back(expression: Expr) -> None:
    assert (read_back(latex(expression)) - expression).expand() == 0 or expression == oo


@given(st.recursive(ATOMS, combined, max_leaves=6))
def test_any_expression_is_read_back(expression: Expr) -> None:
    assert (read_back(plain(expression)) - expression).expand() == 0
    assert (read_back(latex(expression)) - expression).expand() == 0


LAWS = [
    "p = Exponential(a)",
    "q = Exponential(b)",
    "r = BivariateNormal(m, n, s, t, rho)",
    "c positive",
]
OPTIONS = {
    "order": ["order=c", "order=1/2", "order=c + 2"],
    "alpha": ["alpha=c", "alpha=1/2"],
    "generator": ["generator=t*log(t)", "generator=(t - 1)**2/c"],
    "average": ["average=True"],
}


def statements() -> Iterator[str]:
    """A call of every divergence, with each of its options."""
    for divergence in divergences().values():
        laws = "r" if divergence.joint else "p, q"[: 3 * divergence.arity - 2]
        options = [o.name for o in divergence.options if o.name in OPTIONS]
        if not any(o.required for o in divergence.options):
            yield f"{divergence.name}({laws})"
        yield from (f"{divergence.name}({laws}, {o})" for name in options for o in OPTIONS[name])


@pytest.mark.parametrize("statement", [s for s in statements() if not s.startswith("Reverse")])
def test_every_divergence_is_read_back_from_the_notation_it_is_printed_in(statement: str) -> None:
    printed = latex(read(statement, let=LAWS).statement)
    assert read(printed, let=LAWS).statement == read(statement, let=LAWS).statement


def test_the_reverse_divergence_is_printed_as_the_divergence_with_the_arguments_exchanged() -> None:
    printed = latex(read("ReverseKL(p, q)", let=LAWS).statement)
    assert read(printed, let=LAWS).statement == read("KL(q || p)", let=LAWS).statement


@pytest.mark.parametrize(
    ("sign", "statement"),
    [
        (r"D_{\alpha}(p \| q)", "Renyi(p, q, order=alpha)"),
        (r"D_{1/2}(p\,\|\,q)", "Renyi(p, q, order=1/2)"),
        ("D_2(p || q)", "Renyi(p, q, order=2)"),
        (r"D_2^2(p \| q)", "Renyi(p, q, order=2)^2"),
        (r"D^{\mathrm{R}}_{\alpha}(p \| q)", "Renyi(p, q, order=alpha)"),
        (r"D_{\mathrm{JS}}(p \| q)", "JensenShannon(p, q)"),
        (r"\mathrm{JSD}(p \| q)", "JensenShannon(p, q)"),
        (r"D_{\mathrm{TV}}(p, q)", "TotalVariation(p, q)"),
        (r"d_{\mathrm{TV}}(p, q)", "TotalVariation(p, q)"),
        (r"D_{\chi^2}(p \| q)", "ChiSquare(p, q)"),
        ("χ²(p ‖ q)", "ChiSquare(p, q)"),
        ("H^2(p, q)", "Hellinger2(p, q)"),
        ("W_2^2(p, q)", "Wasserstein2Squared(p, q)"),
        (r"D_{\mathrm{KL}}^2(p \| q)", "KL(p || q)^2"),
    ],
)
def test_the_signs_of_papers_are_the_divergences_they_stand_for(sign: str, statement: str) -> None:
    assert read(sign, let=LAWS).statement == read(statement, let=LAWS).statement


@pytest.mark.parametrize(
    "sign",
    [
        r"D^{\mathrm{R}}(p \| q)",
        r"D^{*}(p \| q)",
        r"D'(p \| q)",
        r"D_z(p \| q)",
        r"D_f(p \| q)",
        r"D_{\mathrm{sym}}(p \| q)",
        r"D_{\mathrm{KL}}^{(\alpha)}(p \| q)",
        r"\mathrm{KL}_{\mathrm{sym}}(p \| q)",
        r"\mathrm{KL}^{\mathrm{sym}}(p \| q)",
        r"\mathrm{KL}_2(p \| q)",
        r"\mathrm{JS}'(p, q)",
        r"D_{\mathrm{JS}}^{(\alpha)}(p \| q)",
        r"D_{\mathrm{TV}}^{*}(p, q)",
        "H'(p)",
    ],
)
def test_a_sign_of_no_divergence_is_not_taken_for_another(sign: str) -> None:
    with pytest.raises(KlsymError):
        read(sign, let=LAWS)
