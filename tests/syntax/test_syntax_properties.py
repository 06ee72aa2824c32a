from __future__ import annotations

import contextlib

import mpmath
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from tree_value import tree_value

from klsym.errors import KlsymError
from klsym.syntax import Names, Reading, parse, readings
from klsym.syntax import vocabulary as v

PIECES = [
    *"abcdxyzpqnkeEDNT0123456789+-*/^_(){}[]|,;:.=<>!'&~ \n$%#@",
    *("\\" + name for name in sorted(v.COMMANDS)),
    *(r"\\", r"\,", r"\{", r"\}", r"\|", r"\left(", r"\right)", r"\left.", r"\right.", r"\left|"),
    *(r"\right|", "||", "**", "..", r"\begin{cases}", r"\end{cases}", r"\begin{aligned}"),
    *(r"\end{aligned}", r"\begin{pmatrix}", r"\end{pmatrix}", r"\text{if }", r"\mathrm{KL}", "KL("),
    *("log(", "dx", r"\mathrm{d}x", "^{", "_{", r"\frac{", r"\sum_{i=1}^n", "\\int ", "Normal("),
    *v.GREEK_LETTERS, *v.SUPERSCRIPTS, *v.SUBSCRIPTS, *v.FRACTION_GLYPHS, *v.COMMAND_GLYPHS,
]  # fmt: skip
DECLARED = Names(frozenset({"a", "b", "d", "x", "p", "mu_1"}), frozenset({"p", "q", "f"}))
pieces = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def attempt(text: str, names: Names) -> list[Reading] | KlsymError:
    try:
        return list(readings(text, names))
    except KlsymError as error:
        return error


@settings(max_examples=1500, deadline=None)
@given(st.one_of(pieces, st.text(max_size=40)), st.booleans())
def test_any_text_is_read_or_refused_by_klsym_itself(text: str, declared: bool) -> None:
    found = attempt(text, DECLARED if declared else Names())
    if isinstance(found, KlsymError):
        spans = [found.span]
        assert str(found).startswith(f"error[{found.name}]: ")
    else:
        spans = [reading.tree.span for reading in found]
        assert 1 <= len(found) <= 8
    for span in spans:
        assert span is None or 0 <= span.start <= span.end <= len(text)


@settings(max_examples=300, deadline=None)
@given(pieces)
def test_reading_is_a_function_of_the_text(text: str) -> None:
    with contextlib.suppress(KlsymError):
        assert parse(text) == parse(text)


@settings(max_examples=300, deadline=None)
@given(pieces)
def test_choosing_the_default_changes_nothing(text: str) -> None:
    with contextlib.suppress(KlsymError):
        reading = parse(text)
        choices = {(a.kind, a.span.start): a.chosen for a in reading.ambiguities}
        assert parse(text, choices=choices) == reading


SYMBOLS = sympy.symbols("mu_1 sigma_2 alpha x k", positive=True)
MU, SIGMA, ALPHA, X, K = SYMBOLS
ATOMS = [sympy.pi, sympy.gamma(ALPHA), sympy.polygamma(0, K), sympy.Abs(MU - X), sympy.erf(SIGMA)]
VALUES = dict(zip(SYMBOLS, ("0.37", "1.9", "0.81", "2.3", "1.2"), strict=True))


def scalars() -> st.SearchStrategy[sympy.Expr]:
    leaves = st.one_of(
        st.sampled_from(SYMBOLS),
        st.integers(1, 20).map(sympy.Integer),
        st.tuples(st.integers(1, 9), st.integers(2, 9)).map(lambda pair: sympy.Rational(*pair)),
        st.sampled_from(ATOMS),
    )

    def grow(inner: st.SearchStrategy[sympy.Expr]) -> st.SearchStrategy[sympy.Expr]:
        pairs = st.tuples(inner, inner)
        return st.one_of(
            pairs.map(lambda p: p[0] + p[1]),
            pairs.map(lambda p: p[0] - p[1]),
            pairs.map(lambda p: p[0] * p[1]),
            pairs.map(lambda p: p[0] / (p[1] ** 2 + 1)),
            st.tuples(inner, st.integers(-2, 2)).map(lambda p: (p[0] ** 2 + 1) ** p[1]),
            inner.map(lambda x: sympy.log(x**2 + 1)),
            inner.map(lambda x: sympy.exp(-x / (x**2 + 1))),
            inner.map(lambda x: sympy.sqrt(x**2 + 2)),
        )

    return st.recursive(leaves, grow, max_leaves=8)


def value_of(text: str) -> mpmath.mpf:
    names = Names(frozenset(str(symbol) for symbol in SYMBOLS))
    at = {str(symbol): mpmath.mpf(value) for symbol, value in VALUES.items()}
    return tree_value(parse(text, names).tree, at)


@settings(max_examples=300, deadline=None)
@given(scalars())
def test_what_sympy_prints_reads_back_to_the_same_number(expr: sympy.Expr) -> None:
    with mpmath.workdps(30):
        wanted = mpmath.mpmathify(expr.evalf(30, subs=VALUES))
        for text in (sympy.latex(expr), str(expr)):
            value = value_of(text)
            close = mpmath.almosteq(value, wanted, rel_eps=1e-15, abs_eps=1e-15)
            assert close or mpmath.isinf(value), text
