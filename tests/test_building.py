from __future__ import annotations

from klsym import KL, Normal, Poisson


def test_a_statement_shows_itself_with_its_densities_in_a_notebook() -> None:
    shown = KL(Poisson("a"), Poisson("b"))._repr_latex_()
    assert shown == (
        r"$D_{\mathrm{KL}}(p \,\|\, q),\quad p(x) = \frac{a^{x} e^{- a}}{x!},"
        r"\quad q(x) = \frac{b^{x} e^{- b}}{x!}$"
    )


def test_a_distribution_shows_its_density_in_a_notebook() -> None:
    assert Poisson("a")._repr_latex_() == r"$p(x) = \frac{a^{x} e^{- a}}{x!}$"


def test_what_cannot_be_read_shows_itself_as_text() -> None:
    assert Normal("%", "b")._repr_latex_() is None
