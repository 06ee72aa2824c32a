from __future__ import annotations

import pytest

from klsym.errors import KlsymError
from klsym.syntax.names import Names
from klsym.syntax.tokens import tokenize


def values(text: str, names: Names | None = None) -> list[str]:
    return [token.value for token in tokenize(text, names)[0][:-1]]


def kinds(text: str) -> list[str]:
    return [token.kind for token in tokenize(text)[0][:-1]]


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("mu_1", "plain"),
        (r"\mu_1", "latex"),
        ("a^{b}c", "latex"),
        ("σ₁² – ½", "plain"),
        ("{0..n}", "plain"),
        ("1{,}000", "latex"),
    ],
)
def test_notation_is_latex_exactly_with_a_backslash_or_braced_scripts(
    text: str, notation: str
) -> None:
    assert tokenize(text)[1] == notation


@pytest.mark.parametrize(
    "text",
    [
        r"\log\frac{\sigma_2}{\sigma_1} + \mathrm{KL}(p\,\|\,q)",
        "log(σ₂/σ₁) + ((σ₁² + (μ₁-μ₂)²)/(2*σ₂²)) – ½",
        "KL(Normal(mu1, variance=v) || N(0, 1))",
        r"\begin{cases} x & \text{if } x > 0 \\ 0 \end{cases}",
    ],
)
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    tokens = tokenize(text)[0]
    starts = [token.start for token in tokens]
    assert starts == sorted(starts)
    assert all(0 <= token.start <= token.end <= len(text) for token in tokens)
    assert tokens[-1].kind == "end"


def test_a_token_spans_what_the_user_wrote() -> None:
    text = r"\frac{\sigma_2}{x}"
    token = tokenize(text)[0][2]
    assert (token.value, text[token.start : token.end]) == ("sigma", r"\sigma")


def test_layout_vanishes() -> None:
    bare = values(r"(\frac{a}{b})x")
    assert values(r"\displaystyle\left(\frac{a}{b}\right)\,\!\;x") == bare
    assert values(r"\Bigl( \frac{a}{b} \Bigr)~x \nonumber \label{eq:1} % remark") == bare


def test_letters_stand_alone_in_latex_and_join_in_plain_text() -> None:
    assert values(r"ab\mu") == ["a", "b", "mu"]
    assert values("ab + mu") == ["ab", "+", "mu"]


def test_declared_and_known_words_join_in_latex() -> None:
    assert values(r"rate\mu", Names(frozenset({"rate"}))) == ["rate", "mu"]
    assert values(r"\alpha Normal(x)")[1] == "Normal"
    assert values(r"\alpha log x") == ["alpha", "log", "x"]
    assert values(r"\alpha sigma_1") == ["alpha", "sigma", "_", "1"]


@pytest.mark.parametrize("font", ["mathrm", "text", "operatorname", "mathit", "operatorname*"])
def test_a_font_joins_letters_to_a_word(font: str) -> None:
    assert values(rf"\{font}{{erf}}(x)")[0] == "erf"


def test_prose_is_text_and_never_a_name() -> None:
    assert kinds(r"x \text{ for } y \text{ and all } z") == ["name", "text", "name", "text", "name"]


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("1.2", "1.2"),
        (".5", ".5"),
        ("1e-3", "1e-3"),
        ("2.5E10", "2.5E10"),
        (r"10\,000", "10000"),
        ("1{,}234{,}567.5", "1234567.5"),
        ("³", "3"),
    ],
)
def test_a_numeral_is_one_token(text: str, numeral: str) -> None:
    assert numeral in values(f"x{text}" if text == "³" else text)


def test_pasted_glyphs_are_their_plain_forms() -> None:
    assert values("μ₁ − σ² · ½") == [
        "mu", "_", "{", "1", "{", "-", "sigma", "^", "{", "2", "{", "*", "{", "1", "/", "2", "{",
    ]  # fmt: skip
    assert values("p ‖ q") == values("p ∥ q") == values("p || q") == ["p", "||", "q"]
    assert values("a ≤ ∞") == ["a", "<=", "oo"]
    assert values("𝜎 + 𝑥") == ["sigma", "+", "x"]


def test_a_dash_read_as_minus_is_noted() -> None:
    from klsym.syntax import parse

    assert [note.message for note in parse("a – b").notes] == ["'–' read as a minus sign"]
    assert parse("a − b").notes == ()


def test_dollars_around_a_formula_are_dropped() -> None:
    assert values(r"$$ \mu $$.") == values(r"\( \mu \)") == values(r"\[\mu\]") == ["mu"]


@pytest.mark.parametrize("char", ["@", '"', "`", "#", "?", "\x00", "\ud800", "漢", "🙂"])
def test_a_character_without_meaning_is_refused_where_it_stands(char: str) -> None:
    with pytest.raises(KlsymError) as raised:
        tokenize(f"a + {char}b")
    assert raised.value.name == "unexpected-character"
    assert raised.value.column == 5
    assert "a + " in str(raised.value)
