from __future__ import annotations

import pytest

from klsym.syntax import Names, canonical, parse
from klsym.syntax.tree import BigOperator, Binary, Name


def name_of(text: str) -> str:
    tree = parse(text).tree
    assert isinstance(tree, Name)
    return tree.name


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("mu_1", ["mu1", "mu_1", r"\mu_1", r"\mu_{1}", r"{\mu_1}", r"{\mu}_1", "μ₁", "μ_1", "μ1"]),
        ("sigma_prior", [r"\sigma_{\text{prior}}", r"\sigma_\text{prior}", "sigma_prior"]),
        ("sigma_q", [r"\sigma_q", r"\sigma_{q}", "σ_q", r"\sigma_{\mathrm{q}}"]),
        ("tilde_sigma", [r"\tilde\sigma", r"\tilde{\sigma}", r"\widetilde{\sigma}"]),
        ("hat_mu_1", [r"\hat\mu_1", r"\hat{\mu}_1", r"\hat{\mu_1}", r"\hat{\mu}_{1}"]),
        ("hat_mu_1", ["μ\u0302₁", "μ\u0302_1"]),
        ("sigma'", [r"\sigma'", r"\sigma^\prime", r"\sigma^{\prime}", "sigma'", "σ′"]),
        ("lam_1", ["lam1", "lam_1"]),
        ("log_variance", ["log_variance", r"\text{log_variance}"]),
        ("mu_0_star", [r"\mu_0^*", r"\mu_0^{*}", r"\mu^{*}_0"]),
        ("mu_theta_1", [r"\mu_{\theta_1}"]),
        ("alpha_2i", [r"\alpha_{2i}"]),
        ("oo", ["oo", "inf", r"\infty", "∞"]),
        ("KL", ["KL", r"\mathrm{KL}", r"D_{KL}", r"D_\text{KL}", r"D_{\mathrm{KL}}"]),
        ("x", [r"\mathbf{x}", r"\boldsymbol x", r"\vec{x}", "x"]),
        ("varphi", [r"\varphi"]),
        ("phi", [r"\phi", "φ"]),
    ],
)
def test_every_spelling_of_a_name_is_that_name(name: str, spellings: list[str]) -> None:
    assert [name_of(spelling) for spelling in spellings] == [name] * len(spellings)


@pytest.mark.parametrize(
    "text",
    [r"\sigma_1^2", r"\sigma^2_1", r"\sigma^{2}_{1}", "σ₁²", "σ²₁", "sigma1**2", "sigma_1^2"],
)
def test_scripts_may_stand_in_either_order(text: str) -> None:
    tree = parse(text).tree
    assert tree == parse("sigma_1**2").tree
    assert isinstance(tree, Binary)
    assert isinstance(tree.left, Name)
    assert tree.left.name == "sigma_1"


def test_a_font_is_kept_as_the_style_of_a_name() -> None:
    for text, style in [
        (r"\mathbf{x}", "bold"),
        (r"\mathcal{N}", "calligraphic"),
        (r"\mathbb R", "blackboard"),
        (r"\mathrm{e}", "upright"),
        (r"{\bf x}", "bold"),
    ]:
        tree = parse(text).tree
        assert isinstance(tree, Name)
        assert tree.style == style


def test_canonical_joins_letters_and_digits_only() -> None:
    assert [canonical(word) for word in ("x", "x12", "x_12", "sigma_q1", "log1p")] == [
        "x", "x_12", "x_12", "sigma_q_1", "log1p",
    ]  # fmt: skip


def test_canonical_is_idempotent() -> None:
    for word in ("mu1", "sigma_q1", "a1b2", "x_1_2", "hat_mu3"):
        assert canonical(canonical(word)) == canonical(word)


def test_names_know_scalars_functions_and_their_first_words() -> None:
    names = Names(frozenset({"mu_1"}), frozenset({"p"}))
    assert names.is_scalar("mu_1")
    assert not names.is_scalar("mu")
    assert names.is_function("p")
    assert names.is_word("mu")
    assert not Names().is_scalar("mu")


def test_a_subscript_keeps_its_tree_only_for_a_bound_index() -> None:
    assert parse(r"x_i").tree == Name(parse("x").tree.span, "x_i")
    summed = parse(r"\sum_{i=1}^n x_i").tree
    assert isinstance(summed, BigOperator)
    assert isinstance(summed.body, Name)
    assert summed.body.subscript == Name(summed.span, "i")
