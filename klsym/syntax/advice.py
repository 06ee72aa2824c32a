"""What to write instead, for errors whose place says nothing more particular."""

from __future__ import annotations

ADVICE = {
    "empty-brackets": "write what belongs there, or remove it",
    "empty-formula": "write a formula, such as 'log(b/a) + a/b - 1', or '-' for standard input",
    "missing-argument": "write what it is applied to, in brackets",
    "numeral-too-long": "write it as a power, such as 10^30, or as a symbol",
    "too-long": "split it into shorter formulas",
    "unclosed-bracket": "close it",
    "unexpected-character": "formulas are letters, numbers, brackets, + - * / ^ and LaTeX commands",
    "unexpected-token": "add what is missing before it, or remove it",
    "unknown-environment": "such as cases, aligned or pmatrix",
    "unknown-macro": "write in its place what it stands for",
    "unsupported-notation": "write it with + - * / ^, brackets and functions such as log(x)",
}
"""Help by the name of an error."""


def advice_for(name: str) -> str:
    """The help line of an error that has none of its own."""
    return ADVICE.get(name, "klsym explain " + name)
