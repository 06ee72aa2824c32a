r"""Missing index: a sum over components whose summand does not name the component.

The sum over d of a summand without d is D times the summand, where the components were to be
added: \sum_{d=1}^D \log\sigma_d^2, not \sum_{d=1}^D \log\sigma^2.  The repair gives each parameter
the index; it holds for independent components since the formula of one component was proved.

>>> from klsym import check
>>> formula = r"-\frac12 \sum_{d=1}^D (1 + \log(\sigma^2) - \mu^2 - \sigma^2)"
>>> result = check("KL(Normal(mu, sigma) || Normal(0, 1))", formula, let=["D natural"])
>>> result.diagnoses[0].name
'missing-index'
>>> print(result.diagnoses[0].repair)
-\frac12 \sum_{d=1}^D (1 + \log(\sigma_d^2) - \mu_d^2 - \sigma_d^2)

Seen in: blog posts on the variational autoencoder, where one dimension becomes D.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from klsym.diagnoses.slip import Amendment, Claim, Slip, spliced
from klsym.errors import Span
from klsym.syntax.tree import BigOperator, Name
from klsym.syntax.walk import names, walk

_HEAD = re.compile(r"\\sum\s*(?:\\(?:no)?limits\s*)?(?:[_^]\s*(?:\{[^{}]*\}|\\[A-Za-z]+|\w)\s*)*")
_LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The summand alone, for each sum whose summand does not depend on its index."""
    text = claim.formula
    for node in walk(claim.formula_tree):
        if not isinstance(node, BigOperator) or node.operator != "sum" or node.index is None:
            continue
        index = node.index.name
        if any(name.name == index or name.subscript for name in names(node.body)):
            continue
        head = _HEAD.match(text, node.span.start)
        if head is None:
            continue
        alone = spliced(text, [(Span(head.start(), head.end()), "")])
        told = f"the summand carries no index {index}, so the sum is {_count(text, node)} it"
        yield Amendment(alone, told, 1, _indexed(claim, node, index))


def _count(text: str, node: BigOperator) -> str:
    upper = node.upper
    return "a multiple of" if upper is None else f"{text[upper.span.start : upper.span.end]} times"


def _indexed(claim: Claim, node: BigOperator, index: str) -> str:
    """The formula with the index at each parameter in the summand."""
    edits = []
    for name in names(node.body):
        letter = _LETTER.match(claim.formula, name.span.start)
        if letter and _is_parameter(claim, name):
            edits.append((Span(letter.end(), letter.end()), f"_{index}"))
    return spliced(claim.formula, edits)


def _is_parameter(claim: Claim, name: Name) -> bool:
    return name.name in claim.scope.context.domains and "_" not in name.name


DIAGNOSIS = Slip("missing-index", "formula", 1, amendments)
