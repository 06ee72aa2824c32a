from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klsym.documents.blocks import Block, Broken, Formula, Heading, Instruction
from klsym.documents.source import Source
from klsym.documents.tex import tex_blocks
from klsym.errors import Span

DOUBLED = {letter: f"\\{letter}" * 10 for letter in "abcdefg"}


def alone(path: str) -> Source:
    raise AssertionError(f"{path} was read")


def blocks_of(text: str) -> list[Block]:
    return list(tex_blocks(Source("paper.tex", text), alone))


def formulas(text: str) -> list[str]:
    found = [block for block in blocks_of(text) if isinstance(block, Formula)]
    return [" ".join(formula.excerpt.text.split()) for formula in found]


def failures(text: str) -> list[str]:
    found = [block.failure for block in blocks_of(text) if isinstance(block, Formula)]
    return [failure.message for failure in found if failure is not None]


def broken(text: str) -> list[tuple[str, int, int]]:
    found = [block.error for block in blocks_of(text) if isinstance(block, Broken)]
    return [(error.message, error.line, error.column) for error in found]


@pytest.mark.parametrize(
    "text",
    [
        r"\[ a = b \]",
        "$$ a = b $$",
        *(
            rf"\begin{{{name}}} a = b \end{{{name}}}"
            for name in ("equation", "equation*", "gather", "flalign*", "displaymath", "eqnarray")
        ),
        r"\begin{alignat}{2} a = b \end{alignat}",
        r"\begin{IEEEeqnarray}{rCl} a = b \end{IEEEeqnarray}",
        r"\begin{empheq}[box=\fbox]{align} a = b \end{empheq}",
        r"\begin{subequations} \begin{align} a = b \end{align} \end{subequations}",
        r"\begin{proof} \[ a = b \] \end{proof}",
        r"\begin{equation} \label{eq:one} a = b \tag{$*$} \end{equation}",
    ],
)
def test_a_display_is_found_whatever_opens_it(text: str) -> None:
    (found,) = [block for block in blocks_of(text) if isinstance(block, Formula)]
    assert (found.excerpt.text.strip(), found.display) == ("a = b", True)


@pytest.mark.parametrize(
    "text", ["$a = b$", r"\(a = b\)", r"\begin{math}a = b\end{math}", r"\ensuremath{a = b}"]
)
def test_mathematics_within_a_line_is_found(text: str) -> None:
    (found,) = [block for block in blocks_of(text) if isinstance(block, Formula)]
    assert (found.excerpt.text, found.display) == ("a = b", False)


@pytest.mark.parametrize(
    "text",
    [
        "% $a = b$\n",
        "\\begin{verbatim}\n$a = b$\n\\end{verbatim}",
        r"\begin{lstlisting}[language=C] $a$ \end{lstlisting}",
        r"\begin{minted}{python} $a$ \end{minted}",
        r"\begin{comment} $a = b$ \end{comment}",
        r"\verb|$a = b$| and \lstinline+$a+",
        r"\iffalse $a = b$ \ifx\x\y $c$ \fi $d$ \fi",
        r"\newif\ifdraft \ifdraft $a = b$ \fi",
        r"it costs \$5 or \$6",
        r"\url{https://example.org/a$b%20c}",
        "\\newcolumntype{C}{>{$}c<{$}}\n\\begin{document}\n\\end{document}\n$a = b$",
        r"\bye $a = b$",
    ],
)
def test_what_tex_does_not_set_is_no_mathematics(text: str) -> None:
    assert blocks_of(text) == []


@pytest.mark.parametrize(
    ("definition", "use", "expanded"),
    [
        (r"\newcommand{\KL}[2]{D(#1 \| #2)}", r"\KL{p}{q}", r"D(p \| q)"),
        (r"\newcommand*\half{\frac12}", r"\half3", r"\frac123"),
        (r"\newcommand{\N}[2][0]{N(#1, #2)}", r"\N{1} \N[2]{v} \N x", "N(0, 1) N(2, v) N(0, x)"),
        (r"\providecommand{\x}{1}\providecommand{\x}{2}", r"\x", "1"),
        (r"\newcommand{\x}{1}\renewcommand{\x}{2}", r"\x", "2"),
        (r"{\newcommand{\x}{1}}", r"\x", r"\x"),
        (r"\def\x{0}{\def\x{1}{\gdef\x{2}}}", r"\x", "2"),
        (r"{\global\long\def\x{2}\def\y{3}}", r"\x\y", r"2\y"),
        (
            r"\let\oldleft\left\renewcommand{\left}{\mathopen{}\mathclose\bgroup\oldleft}",
            r"\left(a\right)",
            r"\left(a\right)",
        ),
        (r"\def\k#1#2{#2 \mid #1}", r"\k{a}b", r"b \mid a"),
        (r"\def\k(#1;#2.){[#2, #1]}", r"\k(a;{b.c}.)", "[b.c, a]"),
        (r"\let\oldlog\log\renewcommand{\log}{\oldlog_2}", r"\log x", r"\log_2 x"),
        (r"\let\ge=\geq", r"a \ge b", r"a \geq b"),
        (r"\newcommand\s{\sigma}\newcommand{\l}[1]{\log#1}", r"\l x\s y", r"\log x\sigma y"),
        (r"\DeclareMathOperator{\KL}{KL}", r"\KL(p, q)", r"\operatorname{KL}(p, q)"),
        (r"\DeclareMathOperator*{\am}{arg\,min}", r"\am_x", r"\operatorname*{argmin}_x"),
        (r"\DeclareMathOperator{\E}{\mathbb{E}}", r"\E_q", r"\mathbb{E}_q"),
        (
            r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}",
            r"\abs{x} \abs*{x} \abs[\big]{x}",
            r"\lvert x\rvert \left\lvert x\right\rvert \lvert x\rvert",
        ),
        (
            r"\DeclarePairedDelimiterX{\dx}[2]{(}{)}{#1\;\delimsize\|\;#2}\newcommand{\kl}{D\dx}",
            r"\kl{p}{q} \kl*{p}{q}",
            r"D(p\;\|\;q) D\left(p\;\middle\|\;q\right)",
        ),
        (r"\DeclarePairedDelimiterXPP\kl[2]{D}{(}{)}{}{#1\|#2}", r"\kl{p}{q}", r"D(p\|q)"),
        (r"\NewDocumentCommand{\KL}{O{q} m}{D(#1\|#2)}", r"\KL{p}", r"D(q\|p)"),
        (r"\newcommand{\f}[1]{\g{#1}}\newcommand{\g}[1]{(#1)}", r"\f{\f{x}}", "((x))"),
        ("\\newcommand{\\f}[1]{% a brace {\n (#1)% \n}", r"\f x", "(x)"),
        (r"\newif\iflong \longtrue \iflong\def\x{1}\else\def\x{2}\fi", r"\x", "1"),
        (r"\ifdefined\x\else\newcommand{\x}{1}\fi", r"\x", "1"),
        (r"\newcommand{\E}{\ensuremath{\mu}}", r"\E", r"{\mu}"),
        (r"\def\KL{\mathop{\rm KL}\nolimits}", r"\KL(p)", r"\operatorname{KL}(p)"),
        (r"\usepackage{physics}", r"\abs{x}\qty(y)", r"\lvert x\rvert(y)"),
        (r"", r"a \eqno(1)", "a"),
        (r"", r"\mkern-1.5mu a+\kern 2pt b+\hskip1em c", "a+b+c"),
        (r"", r"a \qedhere\footnote{b $c$}\setlength{\x}{2pt}", "a"),
        (r"", r"\uncover<2->{a = \alert{b}}", "a = b"),
        (r"\makeatletter\def\a@b{1}\newcommand{\x}{\a@b}\makeatother", r"\x a", "1 a"),
    ],
)
def test_a_macro_is_expanded_as_tex_does(definition: str, use: str, expanded: str) -> None:
    assert formulas(f"{definition} ${use}$") == [expanded]


@pytest.mark.parametrize(
    ("definition", "use"),
    [
        (r"\newcommand{\be}{\begin{align}}\newcommand{\ee}{\end{align}}", r"\be a = b \ee"),
        (r"\def\ba#1\ea{\begin{align}#1\end{align}}", r"\ba a = b \ea"),
        (r"\newenvironment{eq}[1]{\begin{align} #1 =}{\end{align}}", r"\begin{eq}{a} b \end{eq}"),
        (r"\newcommand{\theequation}{$a = b$}", r"\theequation"),
    ],
)
def test_a_macro_may_open_and_close_a_formula(definition: str, use: str) -> None:
    assert formulas(f"{definition} {use}") == ["a = b"]


def test_a_character_stands_where_its_macro_is_used() -> None:
    text = "\\newcommand{\\h}[1]{\\frac{1}{2}#1}\n$a = \\h{bc} + d$"
    (found,) = [block for block in blocks_of(text) if isinstance(block, Formula)]
    excerpt = found.excerpt
    assert excerpt.text == r"a = \frac{1}{2}bc + d"

    def columns(piece: str) -> tuple[int, int]:
        start = excerpt.text.index(piece)
        place = excerpt.place(Span(start, start + len(piece)))
        assert place.line == 2
        return place.column, place.end_column

    assert columns(r"\frac{1}{2}") == (6, 12)
    assert columns("bc") == (9, 11)
    assert columns("d") == (15, 16)
    assert columns(r"= \frac{1}{2}bc") == (4, 11)


@pytest.mark.parametrize(
    "text",
    [
        r"\let\e\varepsilon $[\e]$",
        r"\newcommand{\e}[1]{\frac{1}{#1}} $[\e x]$",
        r"$[\text{if $x$}]$",
        r"\newcommand{\e}{\f{y}}\newcommand{\f}[1]{x#1} $[\e]$",
    ],
)
def test_what_stands_for_something_longer_reaches_no_further_than_itself(text: str) -> None:
    (found,) = [block for block in blocks_of(text) if isinstance(block, Formula)]
    place = found.excerpt.place(Span(0, len(found.excerpt.text)))
    assert text[place.column - 1 : place.end_column - 1] == text[text.index("$[") + 1 : -1]


@pytest.mark.parametrize(
    ("definitions", "use", "message"),
    [
        (r"\def\a{\a}", r"\a", r"\a is defined by itself"),
        (r"\def\a{x\b}\def\b{\a}", r"\a", r"\a is defined by itself"),
        (
            r"\def\a{xxxxxxxxxx}"
            + "".join(f"\\def\\{b}{{{DOUBLED[a]}}}" for a, b in pairwise("abcdefgh")),
            r"\h",
            r"\h expands to more than 100000 characters",
        ),
        (r"\newcommand{\f}[2]{#1}", r"\f{x}", r"\f lacks an argument"),
        (r"\newcommand{\f}[1]{#1}", r"\f{x", r"\f lacks an argument"),
        (
            r"\ifx\u\v\def\a{1}\else\def\a{2}\fi",
            r"\a",
            r"\a is not understood: it is defined under a condition that klsym does not decide",
        ),
        (
            r"\ifx\u\v\let\a\alpha\else\let\a\beta\fi",
            r"\a",
            r"\a is not understood: it is defined under a condition that klsym does not decide",
        ),
        (
            r"\ifx\u\v\renewcommand{\log}{\lg}\fi",
            r"\log",
            r"\log is not understood: it is defined under a condition that klsym does not decide",
        ),
        (r"", r"\ifnum1<2 a\fi", r"\ifnum is not decided"),
        (
            r"\NewDocumentCommand{\f}{s m}{#2}",
            r"\f{x}",
            r"\f is not understood: its arguments are of a kind that klsym does not read",
        ),
    ],
)
def test_a_macro_that_is_not_understood_spoils_its_own_formula(
    definitions: str, use: str, message: str
) -> None:
    text = f"{definitions} $a = {use}$ and $c = d$"
    assert failures(text) == [message]
    assert formulas(text) == [f"a = {use}", "c = d"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\[ a = b", (r"this \[ is never closed", 1, 1)),
        ("$a\n\nb", ("this $ is never closed", 1, 1)),
        ("x\n\\begin{align} a", (r"this \begin{align} is never closed", 2, 1)),
        (r"\begin{align} a \section{B}", (r"this \begin{align} is never closed", 1, 1)),
        (r"\[ a \begin{align} b \end{align}", (r"this \[ is never closed", 1, 1)),
        (r"\begin{proof} \[ a \end{proof}", (r"this \[ is never closed", 1, 15)),
        ("\\def\\be{\\begin{align}}\n \\be a", (r"this \begin{align} is never closed", 2, 2)),
        (r"$$ a $ b", ("this $$ is never closed", 1, 1)),
        ("a\n\\iffalse b", (r"this \iffalse is never closed", 2, 1)),
        (r"\begin{verbatim} b", (r"this \begin{verbatim} is never closed", 1, 1)),
    ],
)
def test_what_is_never_closed_is_told_at_its_opening(
    text: str, expected: tuple[str, int, int]
) -> None:
    assert broken(text)[0] == expected


def test_formulas_after_one_that_is_not_closed_are_read() -> None:
    text = "\\begin{align} a = b\n\n\\[ c = d \\]\n\n$e = f$"
    assert formulas(text) == ["c = d", "e = f"]


def test_sections_and_comments_are_found_in_order() -> None:
    text = (
        "\\section{One}\n% klsym: let a positive\n\\subsection*[x]{Two $b$}\n%%klsym:skip\n\\[c\\]"
    )
    kinds = [type(block) for block in blocks_of(text)]
    assert kinds == [Heading, Instruction, Heading, Formula, Instruction, Formula]
    levels = [block.level for block in blocks_of(text) if isinstance(block, Heading)]
    assert levels == [3, 4]


def test_a_heading_that_is_set_anew_is_a_heading() -> None:
    text = r"\renewcommand\section{\@startsection{section}{1}} \section{One}"
    assert [type(block) for block in blocks_of(text)] == [Heading]


def test_a_comment_within_a_display_speaks_of_that_display() -> None:
    first, second = blocks_of("\\[ a % klsym: expect refuted\n = b \\]")
    assert isinstance(first, Instruction)
    assert isinstance(second, Formula)
    assert second.excerpt.text.split() == ["a", "=", "b"]


def test_words_between_rows_are_prose_after_the_display() -> None:
    text = r"\begin{align} a &= b \intertext{with $c = d$} &= e \end{align} $f$"
    assert formulas(text) == [r"a &= b \\ &= e", "c = d", "f"]


def test_words_in_a_formula_may_hold_mathematics() -> None:
    assert formulas(r"\[ a \text{ if $b$ and $c$} \]") == [r"a \text{ if }b\text{ and }c\text{}"]


def test_labels_are_kept() -> None:
    text = r"\begin{align} a \label{eq:one} \\ b \label{eq:two} \end{align}"
    (found,) = blocks_of(text)
    assert isinstance(found, Formula)
    assert found.labels == ("eq:one", "eq:two")


TEX = st.lists(
    st.sampled_from(
        [
            *"${}[]%#&ab \n",
            *("$$", "\\[", "\\]", "\\(", "\\)", "\\\\", "\n\n", "#1", "\\x", "\\y", "\\z", "{x}"),
            *("\\begin{align}", "\\end{align}", "\\begin{eq}", "\\end{eq}", "\\begin", "\\end"),
            *(
                "\\newcommand{\\x}[1]",
                "\\def\\y#1;",
                "\\let\\z\\x",
                "\\newif\\ifq",
                "\\ifq",
                "\\fi",
            ),
            *("\\else", "\\iffalse", "\\ifx", "\\verb", "\\text{", "\\intertext{", "\\label", "\\"),
            *(
                "\\newenvironment{eq}",
                "\\section",
                "\\DeclarePairedDelimiter\\x{(}{)}",
                "\\edef\\x",
            ),
            *("\\ensuremath", "\\tag", "\\NewDocumentCommand\\x{mO{a}}", "\\qtrue", "\\url{", "*"),
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEX)
def test_any_text_is_read_and_every_character_has_a_place_in_it(text: str) -> None:
    for block in blocks_of(text):
        if isinstance(block, Formula):
            excerpt = block.excerpt
            ends = excerpt.ends or [i + 1 for i in excerpt.offsets]
            assert len(excerpt.text) == len(excerpt.offsets) == len(ends)
            pairs = zip(excerpt.offsets, ends, strict=True)
            assert all(0 <= start < end <= len(text) for start, end in pairs)
        elif isinstance(block, Broken):
            assert block.error.line >= 1
