from __future__ import annotations

from pathlib import Path

from klsym import run

PARETO = r"""
$$
\begin{aligned}
p(x) &= a^{m} m x^{-m - 1}, \quad x > a, \\
q(x) &= b e^{-b x}, \quad x > 0.
\end{aligned}
$$

$$ \operatorname{E}_{q}[x] = \frac{1}{b} $$

$$ \operatorname{E}_{p}[\log x] = \log a + \frac{1}{m} $$

$$ \int_a^\infty p(x) \log q(x) \,\mathrm{d}x = \log b - \frac{a b m}{m - 1} $$
"""

BELOW = r"""
$$
\begin{aligned}
p(x) &= a e^{-a x}, \\
q(x) &= b e^{-b x}, \quad x > 0.
\end{aligned}
$$

$$ KL(p || q) = \log\frac{a}{b} + \frac{b}{a} - 1 $$
"""


def verdicts(text: str, folder: Path) -> list[str]:
    path = folder / "document.md"
    path.write_text(text)
    return [str(claim.verdict) for claim in run([path]).claims]


def test_a_support_is_that_of_the_density_in_its_row(tmp_path: Path) -> None:
    assert verdicts(PARETO, tmp_path) == ["proved", "proved", "proved"]


def test_a_support_below_several_densities_is_that_of_each(tmp_path: Path) -> None:
    assert verdicts(BELOW, tmp_path) == ["proved"]


def test_words_in_a_column_of_their_own_say_why_a_row_holds(tmp_path: Path) -> None:
    rows = r"\log(a/b) &= \log a - \log b && \text{quotient} \\ &= -\log(b/a) && \text{again}"
    text = rf"$$ \begin{{aligned}} {rows} \end{{aligned}} $$"
    assert verdicts(text, tmp_path) == ["proved", "proved"]
