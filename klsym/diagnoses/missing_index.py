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

Of a product of distributions, the index is put where it is missing, and what carries it outside
all sums is taken into one:

>>> result = check("KL(prod_j Exponential(a_j) || prod_j Exponential(1))", "1/a_j - 1 + log(a_j)")
>>> print(result.diagnoses[0].repair)
sum_j(1/a_j - 1 + log(a_j))

Seen in: blog posts on the variational autoencoder, where one dimension becomes D.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from klsym.diagnoses.editing import spliced
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.equality.components import is_sum
from klsym.errors import Span
from klsym.meaning.indices import as_operator
from klsym.syntax.indices import carries
from klsym.syntax.tree import BigOperator, Name
from klsym.syntax.walk import names, walk

_HEAD = re.compile(r"\\?sum\s*(?:\\(?:no)?limits\s*)?(?:[_^]\s*(?:\{[^{}]*\}|\\[A-Za-z]+|\w)\s*)*")
_WORD = re.compile(r"[A-Za-z]+")
_LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The summand alone, for each sum whose summand does not depend on its index.

    Of a product of distributions: the index where it is missing, a sum or brackets around what
    carries it.
    """
    if is_sum(claim.closed_form):
        yield from _of_components(claim)
        return
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
        yield Amendment(told, text=alone, shown=_indexed(claim, node, index), size=1)


def _of_components(claim: Claim) -> Iterator[Amendment]:
    """The index where a summand lacks it; a sum, or brackets, for what stands outside all sums."""
    letter, text = claim.scope.indices.letter, claim.formula
    operators = filter(None, map(as_operator, walk(claim.formula_tree)))
    sums = [node for node in operators if node.operator == "sum" and node.index is not None]
    for node in sums:
        bare = {n.name for n in names(node.body) if _lacks(claim, n, letter)}
        if bare and node.index is not None:
            told = f"{_listed(bare)} without the index {node.index.name}, under a sum over it"
            yield Amendment(told, text=_indexed(claim, node, node.index.name), size=1)
    outside = {
        n.name
        for n in names(claim.formula_tree)
        if carries(n.name, letter) and not any(_within(n.span, node.span) for node in sums)
    }
    if not outside:
        return
    told = f"{_listed(outside)} outside any sum over {letter}"
    for node in sums:
        head = _HEAD.match(text, node.span.start)
        if head:
            brackets = [(Span(head.end(), head.end()), "("), (Span(len(text), len(text)), ")")]
            yield Amendment(told, text=spliced(text, brackets), size=1)
    if not sums:
        upper = claim.scope.indices.upper
        reach = f"^{{{upper.name}}}" if isinstance(upper, Name) else ""
        head_ = rf"\sum_{{{letter}=1}}{reach}" if reach else rf"\sum_{letter}"
        plain = f"sum_{letter}({text})"
        amended = f"{head_} \\left({text}\\right)" if claim.is_latex else plain
        yield Amendment(told, text=amended, size=1)


def _lacks(claim: Claim, name: Name, letter: str) -> bool:
    return f"{name.name}_{letter}" in claim.scope.context.domains


def _listed(found: set[str]) -> str:
    return f"{' and '.join(sorted(found))} stand{'s' if len(found) == 1 else ''}"


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _count(text: str, node: BigOperator) -> str:
    upper = node.upper
    return "a multiple of" if upper is None else f"{text[upper.span.start : upper.span.end]} times"


def _indexed(claim: Claim, node: BigOperator, index: str) -> str:
    """The formula with the index at each parameter in the summand."""
    edits = []
    for name in names(node.body):
        pattern = _LETTER if claim.is_latex else _WORD
        letter = pattern.match(claim.formula, name.span.start)
        if letter and _is_parameter(claim, name):
            edits.append((Span(letter.end(), letter.end()), f"_{index}"))
    return spliced(claim.formula, edits)


def _is_parameter(claim: Claim, name: Name) -> bool:
    return name.name in claim.scope.context.domains and "_" not in name.name


DIAGNOSIS = Slip("missing-index", "formula", 1, amendments)
