r"""Missing log: a logarithm, or absolute bars, are missing, or a function is applied twice.

>>> from klsym import check
>>> result = check("KL(Bernoulli(p) || Bernoulli(q))", "p*(p/q) + (1-p)*((1-p)/(1-q))")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('missing-log', 'p*log(p/q) + (1-p)*log((1-p)/(1-q))')

Seen in: rasbt/machine-learning-book issue 44, StatProofBook P/bvn-mi (a doubled logarithm).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import NOWHERE, log
from klsym.syntax.tree import Bars, Binary, Call, Number
from klsym.syntax.walk import names

MOST_PLACES = 16
MOST_TOGETHER = 3


def amendments(claim: Claim) -> Iterator[Amendment]:
    """Each function left out, each part under a logarithm or bars, then several quotients."""
    for node in claim.nodes:
        if isinstance(node, Call) and len(node.arguments) == 1:
            inner = node.arguments[0]
            twice = isinstance(inner, Call) and inner.function == node.function
            told = "is applied twice" if twice else "is too much"
            yield Amendment(f"{node.function} {told}", ((node, inner),))
        if isinstance(node, Bars):
            yield Amendment("the absolute value is too much", ((node, node.content),))
        if not isinstance(node, Number) and list(names(node)):
            written = claim.written(node)
            yield Amendment(f"the logarithm of {written} is meant", ((node, log(node)),))
            bars = Bars(NOWHERE, node)
            yield Amendment(f"the absolute value of {written} is meant", ((node, bars),), size=2)
    quotients = [n for n in claim.nodes if isinstance(n, Binary) and n.operator == "/"]
    if len(quotients) <= MOST_PLACES:
        for count in range(2, MOST_TOGETHER + 1):
            for chosen in combinations(quotients, count):
                told = f"the logarithms of {' and '.join(map(claim.written, chosen))} are missing"
                yield Amendment(told, tuple((node, log(node)) for node in chosen))


DIAGNOSIS = Slip("missing-log", "formula", 4, amendments)
