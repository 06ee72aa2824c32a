r"""Documents to run klsym on: python benchmarks/corpus.py FOLDER [--statements N] [--papers N]

They are made of the published divergences that the tests know.  Half of the statements are true,
as published or rewritten, half are mutants (see tests/checking/mutation.py) that digits tell to be
wrong; these carry the directive ``expect refuted``, so a run that exits with 1 has found a fault of
klsym.  The same numbers make the same text.

Of ``statements`` each is a display of its own, under a heading, 25 in a document.  ``papers`` have
prose, a definition and a chain in each of their sections, and are Markdown and TeX by turns.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import sympy

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "checking"))

from mutation import REWRITINGS, mutants, same_number
from published import Published, published

from klsym.deriving import derivation_of, request_of
from klsym.errors import KlsymError
from klsym.writing.latex import latex

ENTRIES = 114
"""How many divergences are drawn upon at most."""
IN_A_DOCUMENT = 25
"""How many statements a document of statements has."""
PROSE = {"positive": "${} > 0$", "real": r"${} \in \mathbb{{R}}$", "unit": "$0 < {} < 1$"}
"""How a paper says where a letter ranges."""


@dataclass(frozen=True)
class Statement:
    """A divergence as a paper prints it, with formulas for it, true and wrong ones.

    ``laws`` are its distributions, if it is a Kullback-Leibler divergence.
    """

    left: str
    laws: tuple[str, ...]
    let: tuple[str, ...]
    assume: tuple[str, ...]
    true: tuple[str, ...]
    wrong: tuple[str, ...]


def statement(entry: Published, count: int, seed: int) -> Statement | None:
    """A divergence with so many formulas of either sort at most, None if it cannot be printed."""
    request = request_of(entry.statement, (entry.formula,), entry.let, entry.assume, False)
    derivation = derivation_of(request.statement, request.scope.context)
    context = derivation.context.assume(*derivation.conditions)
    value = request.formulas[0].readings[0].expr
    chance = random.Random(seed)
    rewritten = [REWRITINGS[name](value) for name in chance.sample(sorted(REWRITINGS), 11)]
    true = [value, *(r for r in rewritten if not r.has(sympy.I) and same_number(value, r, context))]
    wrong = [m for m in mutants(value, count, seed) if not same_number(value, m, context)]
    left = printed(entry.statement)
    try:
        again = request_of(left, (latex(value),), entry.let, entry.assume, False)
    except KlsymError:
        return None
    if again.statement != request.statement:
        return None
    laws = re.fullmatch(r"KL\((.+) \|\| (.+)\)", entry.statement)
    return Statement(
        left,
        tuple(map(printed, laws.groups())) if laws else (),
        entry.let,
        entry.assume,
        tuple(dict.fromkeys(map(latex, true)))[:count],
        tuple(dict.fromkeys(map(latex, wrong))),
    )


def printed(text: str) -> str:
    r"""A statement in plain text as TeX.

    >>> printed("KL(Normal(mu1, 2) || Normal(0, s))")
    '\\mathrm{KL}(\\mathrm{Normal}(\\mu_1, 2) \\,\\|\\, \\mathrm{Normal}(0, s))'
    """
    text = re.sub(r"\*\*(\w+)", r"^{\1}", text)
    text = re.sub(r"[A-Za-z]\w*(?=\(|=)", lambda found: rf"\mathrm{{{found[0]}}}", text)
    text = re.sub(r"(?<![\\{\w])[A-Za-z]\w*(?![\w}])", _letter, text)
    return text.replace("||", r"\,\|\,").replace("*", " ")


def _letter(found: re.Match[str]) -> str:
    stem, index = re.fullmatch(r"([A-Za-z]+?)_?(\d*)", found[0]).groups()
    return latex(sympy.Symbol(f"{stem}_{index}" if index else stem))


def known(entries: int, count: int) -> Iterator[Statement]:
    """So many of the divergences that can be printed, each with so many formulas of either sort."""
    found = list(enumerate(map(_in_greek, published())))
    random.Random(0).shuffle(found)
    made = (statement(entry, count, seed) for seed, entry in found)
    return islice((one for one in made if one is not None), entries)


def _in_greek(entry: Published) -> Published:
    """An entry with the lambda that papers print for ``lam``."""

    def greek(text: str) -> str:
        return re.sub(r"\blam(?=\d|\b)", "lambda", text)

    let, assume = tuple(map(greek, entry.let)), tuple(map(greek, entry.assume))
    return Published(greek(entry.statement), greek(entry.formula), let, assume)


def statements(count: int) -> dict[str, str]:
    """Documents by their names, with so many statements in all."""
    entries = min(ENTRIES, count // 8 + 1)
    found: list[str] = []
    for one in known(entries, -(-count // entries)):
        wrong = one.wrong[: -(-count // entries) - min(len(one.true), count // entries // 2)]
        found += [_section(one, formula, "") for formula in one.true[: count // entries // 2]]
        found += [_section(one, formula, "<!-- klsym: expect refuted -->\n") for formula in wrong]
    random.Random(0).shuffle(found)
    found = found[:count]
    return {
        f"statements-{start // IN_A_DOCUMENT + 1:03}.md": "\n".join(found[start:][:IN_A_DOCUMENT])
        for start in range(0, len(found), IN_A_DOCUMENT)
    }


def _section(one: Statement, formula: str, expected: str) -> str:
    declared = [f"<!-- klsym: let {text} -->\n" for text in one.let]
    declared += [f"<!-- klsym: assume {text} -->\n" for text in one.assume]
    display = f"$$\n{one.left} = {formula}\n$$\n"
    return f"## The divergence ${one.left}$\n\n{''.join(declared)}{expected}\n{display}"


def papers(count: int) -> dict[str, str]:
    """So many papers by their names; three of them have 25 equations."""
    sections = 5 * count // 3 + 1
    entries = min(ENTRIES, sections)
    drawn = [one for one in known(entries, 4 * (sections // entries + 1)) if one.laws]
    parts = [_passages(drawn[i % len(drawn)], i // len(drawn)) for i in range(sections)]
    found = {}
    for paper in range(count):
        own = [parts.pop() for _ in range(1 if paper % 3 == 0 else 2) if parts]
        name = f"paper-{paper + 1:03}"
        found |= {f"{name}.tex": _in_tex(own)} if paper % 2 else {f"{name}.md": _in_markdown(own)}
    return found


@dataclass(frozen=True)
class Part:
    """A section of a paper: its title, what it is about, directives and displays."""

    title: str
    setting: str
    directives: tuple[str, ...]
    displays: tuple[tuple[str, tuple[str, ...], str], ...]
    """Each with the words before it, its rows and the directive that says what is wrong in it."""


def _passages(one: Statement, again: int) -> Part:
    """A section on a divergence, the second or third on the same one with other formulas."""
    p, q = one.laws
    ranges, others = [], []
    for text in one.let:
        letters, _, kind = text.rpartition(" ")
        if kind in PROSE:
            ranges += [PROSE[kind].format(printed(each.strip())) for each in letters.split(",")]
        else:
            others.append(text)
    where = f", where {' and '.join(ranges)}" if ranges else ""
    true = [one.true[(2 * again + i) % len(one.true)] for i in range(2)]
    wrong = [one.wrong[(2 * again + i) % len(one.wrong)] for i in range(2)]
    kl = r"\mathrm{KL}(P \,\|\, Q)"
    return Part(
        f"On ${one.left}$",
        f"Let $P = {p}$ and $Q = {q}${where}.",
        (*(f"let {text}" for text in others), *(f"assume {text}" for text in one.assume)),
        (
            ("Whatever they are,", (rf"{kl} = \mathrm{{H}}(P, Q) - \mathrm{{H}}(P)",), ""),
            (
                "Step by step,",
                (f"{kl} &= {true[0]}", f"&= {true[1]}", f"&= {wrong[0]}"),
                "expect refuted row 3",
            ),
            (rf"With $\Delta = {kl}$,", (rf"\Delta = {wrong[1]}",), "expect refuted"),
        ),
    )


def _in_markdown(parts: Sequence[Part]) -> str:
    lines = ["# A note on divergences", ""]
    for part in parts:
        lines += [f"## {part.title}", ""]
        lines += [f"<!-- klsym: {text} -->" for text in part.directives]
        lines += ["", part.setting, ""]
        for words, rows, directive in part.displays:
            lines += [words, ""]
            lines += [f"<!-- klsym: {directive} -->", ""] if directive else []
            lines += ["$$", *_aligned(rows), "$$", ""]
    return "\n".join(lines)


def _in_tex(parts: Sequence[Part]) -> str:
    lines = [r"\documentclass{article}", r"\usepackage{amsmath}", r"\begin{document}"]
    for part in parts:
        lines += [rf"\section{{{part.title}}}"]
        lines += [f"% klsym: {text}" for text in part.directives]
        lines += [part.setting, ""]
        for words, rows, directive in part.displays:
            lines += [words]
            lines += [f"% klsym: {directive}"] if directive else []
            lines += [r"\[", *_aligned(rows), r"\]", ""]
    return "\n".join([*lines, r"\end{document}", ""])


def _aligned(rows: Sequence[str]) -> list[str]:
    if len(rows) == 1:
        return [*rows]
    return [r"\begin{aligned}", " \\\\\n".join(rows), r"\end{aligned}"]


def write(folder: Path, texts: dict[str, str]) -> None:
    """Put documents into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def main() -> None:
    """Make the documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--statements", type=int, default=0)
    parser.add_argument("--papers", type=int, default=0)
    arguments = parser.parse_args()
    if arguments.statements:
        write(arguments.folder, statements(arguments.statements))
    if arguments.papers:
        write(arguments.folder, papers(arguments.papers))


if __name__ == "__main__":
    main()
