from __future__ import annotations

import contextlib
import gc
import sys
import time

import pytest

from klsym.errors import KlsymError
from klsym.syntax import Names, parse


def error_of(text: str) -> KlsymError:
    with pytest.raises(KlsymError) as raised:
        parse(text)
    return raised.value


@pytest.mark.parametrize(
    ("text", "name", "marked"),
    [
        ("", "empty-formula", ""),
        ("   ", "empty-formula", "   "),
        (r"\quad", "empty-formula", r"\quad"),
        (" , ", "empty-formula", ""),
        ("(3-9)(5-15", "unclosed-bracket", "("),
        (r"\left( a + b", "unclosed-bracket", "("),
        (r"\frac{1}{2", "unclosed-bracket", "{"),
        (r"\begin{cases} a", "unclosed-bracket", r"\begin{cases}"),
        ("a + |b", "unclosed-bracket", "|"),
        ("[a + b)", "mismatched-bracket", ")"),
        ("a + b)", "mismatched-bracket", ")"),
        (r"\begin{cases} a \end{pmatrix}", "mismatched-bracket", r"\end{pmatrix}"),
        (r"\frac{a}{b} + \unknownmacro{c}", "unknown-macro", r"\unknownmacro"),
        (r"\begin{tikzpicture} a", "unknown-environment", r"\begin{tikzpicture}"),
        (r"x \foo y", "unknown-macro", r"\foo"),
        (r"\mu + variance", "unknown-word", "variance"),
        (r"\sigma^2^2", "double-superscript", "^"),
        (r"{(a)}^2^3\,", "double-superscript", "^"),
        (r"\sigma_1_2", "double-subscript", "_"),
        (r"\log", "missing-argument", r"\log"),
        (r"a + \ln + b", "missing-argument", r"\ln"),
        (r"\frac{a}", "missing-argument", r"\frac"),
        (r"\sqrt{}", "missing-argument", r"\sqrt"),
        (r"x^", "unexpected-token", ""),
        (r"\, x^", "missing-argument", "^"),
        ("f()", "missing-argument", "()"),
        (r"\sum_i", "missing-argument", r"\sum"),
        (r"\mathbb{E}", "missing-argument", r"\mathbb{E}"),
        ("()", "empty-brackets", "()"),
        ("a = = b", "unexpected-token", "="),
        ("a + * b", "unexpected-token", "*"),
        ("x -", "unexpected-token", ""),
        ("2 3", "unexpected-token", "3"),
        ("1½", "unexpected-token", "½"),
        ("(x)_1", "unexpected-token", "_"),
        ("f(a=1, b)", "unexpected-token", "b"),
        ("(a = b)", "unexpected-token", "="),
        ("__import__('os')", "unexpected-character", "'"),
        ("().__class__", "unexpected-character", "."),
        ("x.y", "unexpected-character", "."),
        ("a; b @ c", "unexpected-character", "@"),
        ("lambda: x`", "unexpected-character", "`"),
        (r"a \pm b", "unsupported-notation", r"\pm"),
        ("n!!", "unsupported-notation", "!"),
        (r"\hat{a + b}", "unsupported-notation", r"\hat{a + b}"),
        (r"\int f\,dP(x)", "unsupported-notation", "("),
        (r"a_1 + \cdots + a_n", "ellipsis-without-value", r"\cdots"),
        (r"\operatorname{diag}(a, \ldots, b)", "ellipsis-without-value", r"\ldots"),
        (r"\frac{\mathrm{d}}{2}", "stray-differential", r"\mathrm{d}"),
        ("9" * 1001, "numeral-too-long", "9" * 1001),
        ("1e99999", "numeral-too-long", "1e99999"),
        ("a" * 200, "too-long", "a" * 200),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_where_it_goes_wrong(
    text: str, name: str, marked: str
) -> None:
    error = error_of(text)
    assert error.span is not None
    assert (error.name, error.text) == (name, text)
    assert text[error.span.start : error.span.end] == marked
    assert error.message


def test_an_error_shows_the_line_with_a_caret_and_help() -> None:
    assert str(error_of(r"\frac{1}{2} \sgima^2")) == "\n".join(
        [
            r"error[unknown-macro]: \sgima is not known",
            " --> input:1:13",
            "  |",
            r"1 | \frac{1}{2} \sgima^2",
            "  |             ^^^^^^",
            r"help: did you mean \sigma?",
        ]
    )


def test_an_error_on_a_later_line_names_that_line() -> None:
    error = error_of("a +\nb @ c")
    assert (error.line, error.column) == (2, 3)


@pytest.mark.parametrize(
    ("text", "help_words"),
    [
        ("(a", "close it with )"),
        (r"\lamda", r"\lambda"),
        (r"\mu + variance", r"\text{variance}"),
        (r"x_1_2\,", "x_{1,2}"),
        (r"\, x^2^3", "{x^2}^3"),
        (r"\log", r"\log(x)"),
        (r"a + \cdots", r"\sum"),
        (r"\mathbb{E}", r"\mathbb{E}_{p}[...]"),
    ],
)
def test_help_says_what_to_write_instead(text: str, help_words: str) -> None:
    assert help_words in error_of(text).help


def test_a_mismatch_in_a_text_of_several_lines_names_the_opening_line() -> None:
    assert "'[' at line 2, column 1 is closed by ')'" in error_of("a +\n[b)").message


@pytest.mark.parametrize("opening", ["(", "[", r"\left(", "{", "f(", r"\sqrt{", "x^{", "-("])
@pytest.mark.parametrize("closed", [True, False])
def test_brackets_nested_ten_thousand_deep_are_refused_at_once(opening: str, closed: bool) -> None:
    closing = {"(": ")", "[": "]", "{": "}"}.get(opening[-1], "|")
    text = opening * 10_000 + ("x" + closing * 10_000 if closed else "")
    began = time.process_time()
    error = error_of(r"\mu " + text[:99_000])
    assert error.name == "too-deep"
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "piece", [r"\log ", r"\sqrt", r"\frac1", r"\int ", r"\sum_i ", "x^", "x**"]
)
def test_functions_nested_too_deep_are_refused(piece: str) -> None:
    assert error_of((r"\mu " if piece[0] == "\\" else "") + piece * 1000).name == "too-deep"


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("f(", ")"), (r"\frac{1}{", "}")])
def test_ninety_levels_are_read(opening: str, closing: str) -> None:
    assert parse(opening * 90 + "x" + closing * 90).tree.span.end > 90


def test_a_short_stack_is_an_error_of_klsym_too() -> None:
    def deep(frames: int) -> None:
        if frames:
            deep(frames - 1)
        else:
            parse("(" * 90 + "x" + ")" * 90)

    used = 0
    frame = sys._getframe()
    while frame.f_back:
        used, frame = used + 1, frame.f_back
    with pytest.raises(KlsymError) as raised:
        deep(sys.getrecursionlimit() - used - 150)
    assert raised.value.name == "too-deep"


def test_a_text_of_a_megabyte_is_refused_at_once() -> None:
    began = time.process_time()
    assert error_of("x+" * 500_000).name == "too-long"
    assert time.process_time() - began < 0.1


@pytest.mark.parametrize(
    "piece",
    ["x + ", "x ", "x*", r"\log x ", r"\int x dx ", "|x|", "f(x)", "x²", "½", r"\\ ", "& ", "x,",
     r"\mathbf{", r"\text{", r"\left. x \right. ", r"\overset{!}{=}a", r"\psi(x)", "/x", "=a",
     r"\mathbb{E}_{x}[x]", r"{n \choose k}", "a_1 ", r"\quad x", "%\n", "''", "$", "1.", "x|"],
)  # fmt: skip
def test_a_hundred_kilobytes_are_read_or_refused_in_two_seconds(piece: str) -> None:
    text = (r"\mu" + piece * (100_000 // len(piece)))[:100_000]
    gc.freeze()  # what other tests left is not collected meanwhile
    began = time.process_time()
    with contextlib.suppress(KlsymError):
        parse(text)
    spent = time.process_time() - began
    gc.unfreeze()
    assert spent < 2


def test_declared_names_do_not_silence_an_error() -> None:
    with pytest.raises(KlsymError):
        parse(r"\foo", Names(frozenset({"foo"})))
