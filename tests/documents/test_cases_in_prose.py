r"""``for $\alpha = \beta = 1$`` and ``where $a > b$`` are conditions, not claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from klsym import run


def verdicts(text: str, folder: Path) -> list[str]:
    path = folder / "document.md"
    path.write_text(text)
    return [str(claim.verdict) for claim in run([path]).claims]


@pytest.mark.parametrize(
    "words",
    ["for", "where", "if", "when", "provided", "provided that", "whenever", "assuming", "given"],
)
@pytest.mark.parametrize("condition", [r"\alpha\tau - \alpha\sigma + \sigma > 0", r"a + b < c"])
def test_an_inequality_after_a_limiting_word_is_a_condition(
    words: str, condition: str, tmp_path: Path
) -> None:
    assert verdicts(f"It is finite, and this holds, {words} ${condition}$.", tmp_path) == []


def test_an_inequality_after_other_words_is_a_claim(tmp_path: Path) -> None:
    assert verdicts("Clearly $a^2 + b^2 < 2 a b$ holds.", tmp_path) == ["refuted"]


def test_an_inequality_between_divergences_is_a_claim_after_any_word(tmp_path: Path) -> None:
    text = r"Let $P = \mathrm{Exp}(a)$ and $Q = \mathrm{Exp}(b)$, where $KL(P\|Q) \geq 0$."
    assert verdicts(text, tmp_path) == ["proved"]


def test_a_case_of_two_names_sets_both(tmp_path: Path) -> None:
    text = r"Let $X \sim \mathrm{Beta}(\alpha, \beta)$. For $\alpha = \beta = 1$ it is $h(X) = 0$."
    assert verdicts(text, tmp_path) == ["proved"]


def test_a_case_of_two_names_does_not_excuse_a_wrong_value(tmp_path: Path) -> None:
    text = r"Let $X \sim \mathrm{Beta}(\alpha, \beta)$. For $\alpha = \beta = 1$ it is $h(X) = 1$."
    assert verdicts(text, tmp_path) == ["refuted"]


def test_a_condition_goes_on_over_an_and(tmp_path: Path) -> None:
    text = "This holds if $a^2 > 3$ and $b^2 - 4 a > 5$, or for $c^2 > 1$ or $c^2 + d^2 < 1$."
    assert verdicts(text, tmp_path) == []


def test_a_condition_ends_at_a_comma(tmp_path: Path) -> None:
    assert verdicts("If $a^2 > 3$, $a^2 + b^2 < 2 a b$.", tmp_path) == ["refuted"]


def test_a_case_far_above_proves_nothing_by_itself(tmp_path: Path) -> None:
    between = "\n\n".join(f"$$ \\log({n} b) = \\log {n} + \\log b $$" for n in range(2, 9))
    text = f"If $a = 1$, this is simple.\n\n{between}\n\n$$ \\log(a b) = \\log b $$"
    assert verdicts(text, tmp_path) == ["proved"] * 7 + ["undecided"]


def test_a_probability_of_each_value_is_a_distribution_of_its_own(tmp_path: Path) -> None:
    text = r"""
# One

Let $X \sim \mathrm{Bern}(p)$.

$$ H(X) = -p \log p - (1-p)\log(1-p) $$

# Another

$$ P(X = k) = (1-p)^{k-1} p, \quad k \in \{1, 2, \ldots\} $$

$$ H(X) = \frac{-p\log p - (1-p)\log(1-p)}{p} $$
"""
    assert verdicts(text, tmp_path) == ["proved", "proved"]
