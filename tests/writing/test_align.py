from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from klsym import KlsymError, derive, run

POISSON = "KL(Poisson(a) || Poisson(b))"
STATEMENTS = [
    POISSON,
    "KL(Gamma(k, rate=a) || Exponential(b))",
    "KL(Pareto(a, m) || Exponential(b))",
    "KL(Weibull(k, b) || Weibull(l, c))",
    "Renyi(Normal(mu_1, sigma_1), Normal(mu_2, sigma_2), order=alpha)",
    "KL(Beta(a, b) || Beta(c, d))",
    "KL(Normal(mu, sigma) || Exponential(a))",
    "H(Laplace(mu, b))",
]


def test_terse_is_the_result_alone() -> None:
    assert derive(POISSON).to_latex(style="terse") == (
        "\\begin{align*}\n"
        "  D_{\\mathrm{KL}}(p \\,\\|\\, q) &= a \\log\\left(\\frac{a}{b}\\right) + b - a\n"
        "\\end{align*}"
    )


def test_an_appendix_declares_the_densities_with_their_supports() -> None:
    text = derive("KL(Exponential(a) || Gamma(k, rate=b))").to_latex(style="appendix")
    assert text.startswith("Let $p$ and $q$ have the densities\n")
    assert r"p(x) &= a e^{- a x}, \quad x > 0,\\" in text
    assert "Then\n\\begin{align*}" in text


def test_an_appendix_states_the_conditions_before_the_chain() -> None:
    text = derive("KL(Pareto(a, m) || Exponential(b))").to_latex(style="appendix")
    assert "Then it is finite for $m > 1$, and\n\\begin{align*}" in text


@pytest.mark.parametrize("style", ["terse", "full", "appendix"])
def test_every_style_ends_in_the_closed_form(style: str) -> None:
    text = derive(POISSON).to_latex(style=style)
    rows = [row for row in text.splitlines() if "&=" in row]
    assert r"a \log\left(\frac{a}{b}\right) + b - a" in rows[-1]


def test_symbols_and_distributions_bear_the_names_the_author_gives_them() -> None:
    text = derive(POISSON).to_latex(style="terse", rename=[r"a=\lambda_q", "p=q", "q=p"])
    assert r"D_{\mathrm{KL}}(q \,\|\, p)" in text
    assert r"\lambda_q \log\left(\frac{\lambda_q}{b}\right)" in text


@pytest.mark.parametrize(
    "rename", [["a"], ["a=1"], ["z=t"], ["a=b"], ["a=c", "b=c"], ["a=c", "a=d"], ["a=\\foo"], [""]]
)
def test_a_renaming_that_cannot_be_is_refused(rename: list[str]) -> None:
    with pytest.raises(KlsymError) as caught:
        derive(POISSON).to_latex(rename=rename)
    assert caught.value.place == "--rename"


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(KlsymError, match="terse, full, appendix"):
        derive(POISSON).to_latex(style="long")


def test_a_standalone_derivation_needs_amsmath_and_amssymb_alone() -> None:
    text = derive(POISSON).to_latex(standalone=True)
    assert re.findall(r"\\usepackage\{(.*?)\}", text) == ["amsmath,amssymb"]
    assert text.endswith("\\end{document}")


@pytest.mark.pdflatex
@pytest.mark.parametrize("style", ["terse", "full", "appendix"])
def test_pdflatex_sets_every_derivation_without_a_warning(style: str, tmp_path: Path) -> None:
    for number, statement in enumerate(STATEMENTS):
        name = f"derivation-{number}"
        text = derive(statement).to_latex(style=style, standalone=True)
        (tmp_path / f"{name}.tex").write_text(text)
        done = subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        told = [line for line in done.stdout.splitlines() if re.search("Warning|Overfull|^!", line)]
        assert told == [], statement


FINITE = [
    *(s for s in STATEMENTS if "Exponential(a))" not in s and not s.startswith("Renyi")),
    "KL(Binomial(n, p) || Binomial(n, q))",
    "Jeffreys(Poisson(a), Poisson(b))",
    "Renyi(Exponential(a), Exponential(b), order=1/2)",
    "Hellinger2(Poisson(a), Poisson(b))",
]


@pytest.mark.parametrize("style", ["full", "appendix"])
@pytest.mark.parametrize("statement", FINITE)
def test_klsym_proves_every_line_that_it_writes(statement: str, style: str, tmp_path: Path) -> None:
    derived = derive(statement)
    path = tmp_path / "derivation.tex"
    path.write_text(derived.to_latex(style=style, standalone=True))
    claims = run([path]).claims
    assert len(claims) >= len(derived.steps) - 1
    assert [str(claim.verdict) for claim in claims] == ["proved"] * len(claims)
