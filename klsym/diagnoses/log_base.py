"""Log base: a logarithm to base 2 or 10 where the natural one is meant, or bits for nats.

>>> from klsym import check
>>> result = check("H(Uniform(0, b))", "log_2(b)")
>>> result.diagnoses[0].name
'log-base'

Seen in: statrs-dev/statrs pull request 383 (the entropy of a geometric variate, in bits).
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.diagnoses.slip import Amendment, Claim, Slip, spliced
from klsym.syntax.tree import Call
from klsym.syntax.walk import walk

BASES = ("2", "10")


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula with natural logs, then the whole formula turned from bits to nats."""
    text = claim.formula
    natural = r"\log" if claim.is_latex else "log"
    edits = []
    for node in walk(claim.formula_tree):
        if isinstance(node, Call) and node.function == "log" and node.subscript is not None:
            (argument,) = node.arguments
            edits.append((node, f"{natural}({text[argument.span.start : argument.span.end]})"))
    for node, replacement in edits:
        yield Amendment(spliced(text, [(node.span, replacement)]), "the natural log is meant")
    if len(edits) > 1:
        try_all = [(node.span, replacement) for node, replacement in edits]
        yield Amendment(spliced(text, try_all), "natural logs are meant", 2)
    whole = claim.formula_tree.span
    written = text[whole.start : whole.end]
    for base in BASES:
        told = f"the formula has logs to base {base}: it is in other units than nats"
        factor = rf"\log({base})" if claim.is_latex else f"log({base})*"
        yield Amendment(spliced(text, [(whole, f"{factor}({written})")]), told, 3)


DIAGNOSIS = Slip("log-base", "formula", 5, amendments)
