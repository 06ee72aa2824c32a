r"""Fuzz the reader: python benchmarks/fuzz.py [--strings N] [--seed N], or --atheris

Texts are put together from the pieces of mathematical writing and from mutated printed formulas.
Whatever comes, the reader gives a tree or raises KlsymError, in time; anything else ends the run
with the text.  With ``--atheris`` coverage guides the choice (pip install atheris), and what
follows ``--`` goes to libFuzzer, such as ``-runs=1000000``.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import time
from pathlib import Path

from klsym.errors import KlsymError
from klsym.syntax import Names, parse
from klsym.syntax import vocabulary as v
from klsym.syntax.printing import printed

DATA = Path(__file__).parent.parent / "tests" / "data"
SECONDS = 5
"""A text of a few hundred characters that takes longer has hung."""

PIECES = [
    *"abcdxyzpqnkeEDNT0123456789+-*/^_(){}[]|,;:.=<>!'&~ \n$%#@",
    *("\\" + name for name in sorted(v.COMMANDS)),
    *(r"\\", r"\,", r"\{", r"\}", r"\|", r"\left(", r"\right)", r"\left.", r"\right.", r"\left|"),
    *(r"\right|", r"\Big|", "||", "**", "..", r"\begin{cases}", r"\end{cases}", r"\cases{"),
    *(r"\begin{aligned}", r"\end{aligned}", r"\begin{pmatrix}", r"\end{pmatrix}", r"\text{if }"),
    *(r"\mathrm{KL}", "KL(", "log(", "dx", r"\mathrm{d}x", "^{", "_{", r"\frac{", "}{", "_0^1"),
    *(r"\sum_{i=1}^n", "\\int ", "Normal(", r"\lim_{x\to 0}", r"\overset{a}{=}", "^{-1}"),
    *v.GREEK_LETTERS, *v.SUPERSCRIPTS, *v.SUBSCRIPTS, *v.FRACTION_GLYPHS, *v.COMMAND_GLYPHS,
]  # fmt: skip
PRINTED = [
    case["text"]
    for name in ("latex_cases.json", "printed.json")
    for case in json.loads((DATA / name).read_text("utf-8"))
]
NAMES = (
    Names(),
    Names(frozenset({"a", "b", "d", "x", "p", "mu_1"}), frozenset({"p", "q", "f"})),
)


def read(text: str, names: Names) -> bool:
    """Read a text and print it again; whether it could be read."""
    signal.alarm(SECONDS)
    try:
        printed(parse(text, names).tree)
    except KlsymError as error:
        str(error)
        return False
    finally:
        signal.alarm(0)
    return True


def made(chance: random.Random) -> str:
    """A text: pieces, or a printed formula with pieces put in, taken out and moved."""
    if chance.random() < 0.4:
        return "".join(chance.choices(PIECES, k=chance.randrange(1, 25)))
    text = chance.choice(PRINTED)
    for _ in range(chance.randrange(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.randrange(6))
        other = chance.choice(PRINTED)
        cut = chance.randrange(len(other))
        piece = chance.choice(("", chance.choice(PIECES), other[cut : cut + 12], text[start:end]))
        text = text[:start] + piece + text[end:]
    return text


def hung(number: int, frame: object) -> None:
    """The text that is being read takes too long."""
    raise TimeoutError(f"more than {SECONDS} s")


def by_chance(strings: int, seed: int) -> None:
    """Read that many texts; the first that fails ends the run."""
    chance = random.Random(seed)
    begin, understood = time.process_time(), 0
    for _ in range(strings):
        text = made(chance)
        try:
            understood += read(text, chance.choice(NAMES))
        except BaseException:
            print(f"failed on {text!r}", file=sys.stderr)
            raise
    spent = time.process_time() - begin
    print(f"{strings} texts, {understood} read, the others refused; {spent:.0f} s of CPU time")


def by_coverage(arguments: list[str]) -> None:
    """Let atheris choose the texts."""
    import atheris

    def one(data: bytes) -> None:
        text = "".join(PIECES[byte] if byte < len(PIECES) else chr(byte) for byte in data)
        if data[:1] == b"\xff":
            text = data.decode("utf-8", "replace")
        read(text, NAMES[len(data) % 2])

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def main() -> None:
    """Fuzz."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=100_000, help="how many texts")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--atheris", action="store_true", help="let coverage choose the texts")
    given, rest = parser.parse_known_args()
    signal.signal(signal.SIGALRM, hung)
    if given.atheris:
        by_coverage([argument for argument in rest if argument != "--"])
    else:
        by_chance(given.strings, given.seed)


if __name__ == "__main__":
    main()
