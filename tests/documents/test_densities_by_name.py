r"""What ``p`` under an integral, ``p(x)`` and ``p = ...`` refer to in a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from klsym import run

TWO = r"Let $p(x) = a e^{-a x}$ and $q(x) = b e^{-b x}$ for $x > 0$ with $a, b > 0$. "
NORMALS = r"Let $p \sim \mathcal{N}(\mu, 1)$ and $q \sim \mathcal{N}(0, 1)$. "


def verdicts(text: str, folder: Path) -> list[str]:
    path = folder / "document.md"
    path.write_text(text)
    return [str(claim.verdict) for claim in run([path]).claims]


@pytest.mark.parametrize(
    "claim",
    [
        r"H(p, q) = -\int_0^\infty p(x) \log q(x) \, dx = \frac ba - \log b",
        r"D_{KL}(p \| q) = \int_0^\infty p\log\frac pq\,dx = \log\frac ab + \frac ba - 1",
        r"H(p, q) = -\int_0^\infty p \log q \, dx = \frac ba - \log b",
        r"\int_0^\infty \sqrt{p q}\,dx = \frac{2\sqrt{ab}}{a+b} = \int_0^\infty \sqrt{q p}\,dx",
    ],
)
def test_a_bare_name_under_an_integral_is_its_own_density(claim: str, tmp_path: Path) -> None:
    assert verdicts(f"{TWO}$${claim}$$", tmp_path) == ["proved", "proved"]


def test_a_bare_name_of_a_declared_distribution_is_a_density(tmp_path: Path) -> None:
    claim = r"\int_{-\infty}^{\infty} p \log\frac{p}{q}\,dx = \frac{\mu^2}{2}"
    assert verdicts(f"{NORMALS}$${claim}$$", tmp_path) == ["proved"]


def test_a_wrong_value_of_an_integral_over_bare_names_is_refuted(tmp_path: Path) -> None:
    claim = r"\int_0^\infty p\log\frac pq\,dx = \log\frac ab + \frac ab - 1"
    assert verdicts(f"{TWO}$${claim}$$", tmp_path) == ["refuted"]


def test_a_parameter_that_is_called_p_stays_a_number(tmp_path: Path) -> None:
    text = r"Let $X \sim \mathrm{Bern}(p)$. $$\int_0^1 p x \,dx = \frac p2$$"
    assert verdicts(text, tmp_path) == ["proved"]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\int_c^\infty q(x)\,dx = e^{-bc}", "proved"),
        (r"\int_0^c q(x)\,dx = 1 - e^{-bc}", "proved"),
        (r"\int_c^\infty q(x)\,dx = e^{-ac}", "refuted"),
        (r"\int_{-1}^1 q(x)\,dx = 1 - e^{-b}", "unread"),
    ],
)
def test_an_integral_within_the_support_is_a_number(
    claim: str, verdict: str, tmp_path: Path
) -> None:
    assert verdicts(f"{TWO}For $c > 0$ $${claim}$$", tmp_path) == [verdict]


def test_a_density_of_another_name_is_not_taken_for_one_that_nobody_gives(tmp_path: Path) -> None:
    text = r"Let $q(z) = \mathcal{N}(z; 0, 1)$. $$\int q(z)\log\frac{q(z)}{p(z)}\,dz = \frac12$$"
    assert verdicts(text, tmp_path) == ["unread"]


def test_a_name_equated_to_a_family_is_declared_again(tmp_path: Path) -> None:
    text = (
        r"Let $p = \mathrm{Laplace}(0, b)$ and $q = \mathrm{Laplace}(0, c)$. "
        r"Then $KL(p\|q) = \log\frac cb - 1 + \frac bc$. "
        r"With $p = \mathrm{Laplace}(0, a)$ and $q = \mathrm{Laplace}(0, a)$, $KL(p\|q) = 0$."
    )
    assert verdicts(text, tmp_path) == ["proved", "proved"]


def test_u_is_a_uniform_distribution_where_one_is_compared(tmp_path: Path) -> None:
    text = r"If $P = U(0, a)$ and $Q = U(0,b)$ with $0<a<b$, then $$KL(P\|Q) = \log\frac ba$$"
    assert verdicts(text, tmp_path) == ["proved"]


def test_a_letter_with_an_index_before_one_letter_in_brackets_is_a_function(tmp_path: Path) -> None:
    text = r"$$\frac{1}{1-\alpha}\int_\alpha^1 q_p(X)\,dp = \frac{1-\log(1-\alpha)}{\lambda}$$"
    assert verdicts(text, tmp_path) == ["unread"]


def test_a_density_by_its_expression_is_not_the_distribution_of_the_capital(tmp_path: Path) -> None:
    text = (
        r"Let $P = \mathrm{Bernoulli}(1/2)$ and $Q = \mathrm{Bernoulli}(1/10)$. "
        r"Let $p(x) = a e^{-ax}$ and $q(x) = b e^{-bx}$ for $x > 0$. "
        r"$$D_{KL}(p\|q) = \int_0^\infty p(x)\log\frac{p(x)}{q(x)}\,dx$$ "
        r"$$D_{KL}(P\|Q) = \log\frac 5 3$$"
    )
    assert verdicts(text, tmp_path) == ["proved", "proved"]


def test_a_density_is_not_that_of_a_capital_of_another_section(tmp_path: Path) -> None:
    text = (
        "# A\n\n"
        r"$X \sim \mathrm{Gam}(a, b)$. $h(X) = -\int_0^\infty p(x)\log p(x)\,dx$"
        "\n\n# B\n\n"
        r"$P = \mathrm{Poiss}(\lambda)$, $H(P) = -\sum_{x=0}^\infty p(x)\log p(x)$"
    )
    assert verdicts(text, tmp_path) == ["proved", "proved"]


def test_a_variable_whose_logarithm_is_normal_is_log_normal(tmp_path: Path) -> None:
    text = (
        "# A\n\n"
        r"Let $X \sim \mathrm{Exp}(\lambda)$. "
        "\n\n# B\n\n"
        r"If $\ln X \sim \mathcal{N}(\mu,\sigma^2)$, "
        r"then $\mathbb{E}[X] = e^{\mu+\sigma^2/2}$, not $\mathbb{E}[X] = e^\mu$."
    )
    assert verdicts(text, tmp_path) == ["proved", "refuted"]


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (r"1 - \sqrt{ab} - \sqrt{(1-a)(1-b)}", "proved"),
        (r"2 - 2\sqrt{ab} - 2\sqrt{(1-a)(1-b)}", "proved"),
        (r"1 - \sqrt{ab} - \sqrt{(1-a)b}", "refuted"),
        (r"4 - 4\sqrt{ab} - 4\sqrt{(1-a)(1-b)}", "refuted"),
    ],
)
def test_the_squared_hellinger_distance_has_a_half_in_it_or_not(
    value: str, verdict: str, tmp_path: Path
) -> None:
    text = rf"Let $P = \mathrm{{Bern}}(a)$ and $Q = \mathrm{{Bern}}(b)$. $$H^2(P, Q) = {value}$$"
    assert verdicts(text, tmp_path) == [verdict]


def test_a_letter_of_a_bessel_function_may_be_a_variable(tmp_path: Path) -> None:
    text = r"Let $Y \sim \mathrm{Exp}(a)$. Then $\mathbb{E}[Y] = 1/a$ and $h(Y) = 1 - \log a$."
    assert verdicts(text, tmp_path) == ["proved", "proved"]


def test_a_row_may_declare_two_labelled_distributions(tmp_path: Path) -> None:
    text = (
        r"$$P: \; X \sim \mathrm{Poiss}(a), \qquad Q: \; X \sim \mathrm{Poiss}(b)$$"
        "\n\n"
        r"$$\mathrm{KL}[P\,||\,Q] = a\log\frac ab + b - a$$"
    )
    assert verdicts(text, tmp_path) == ["proved"]


def test_a_capital_equated_to_an_exponential_distribution_is_one(tmp_path: Path) -> None:
    text = r"Consider $P = \mathrm{Exp}(\lambda)$. Then $h(P) = 1 - \log\lambda$."
    assert verdicts(text, tmp_path) == ["proved"]


def test_a_row_of_cases_may_end_in_a_full_stop(tmp_path: Path) -> None:
    text = r"$$f(x) = \begin{cases} a e^{-a x} & x \ge 0, \\ 0 & x < 0. \end{cases}$$"
    assert verdicts(text, tmp_path) == []
