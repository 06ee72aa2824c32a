"""Variance: a parameter written as a standard deviation where its square is meant, or the reverse.

Papers write N(mu, sigma**2) and libraries Normal(mu, sigma); a log-variance stands for a log
standard deviation, its half.  The amended formula has sigma**2, sqrt(sigma), 2*l or l/2 for the
letter, in all its places or in some of them.

>>> from klsym import check
>>> statement = "KL(Normal(mu, variance=v) || Normal(0, 1))"
>>> result = check(statement, "(mu^2 + v^2 - 1)/2 - log(v)")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('variance', '(mu^2 + (sqrt(v))^2 - 1)/2 - log(sqrt(v))')

Seen in: pytorch/examples issue 225, pyg-team/pytorch_geometric pull request 1368, DmitryUlyanov/AGE
issue 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from klsym.diagnoses.slip import Amendment, Claim, Slip, spliced
from klsym.syntax.tree import Name
from klsym.syntax.walk import names

POSITIVE_FORMS = (
    ("({0}^2)", "({0}^2)", "{0} is written where {0} squared is meant"),
    (r"(\sqrt{{{0}}})", "(sqrt({0}))", "{0} is written where its square root is meant"),
)
REAL_FORMS = (
    ("(2 {0})", "(2*{0})", "{0} is written where twice {0} is meant"),
    (r"(\frac{{{0}}}{{2}})", "({0}/2)", "{0} is written where half of {0} is meant"),
)
"""Each as LaTeX, as plain text and in words."""
MOST_PLACES = 3
"""So many single places are amended at once, at the most."""


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula with the square, root, double or half of a letter for the letter."""
    places: dict[str, list[Name]] = {}
    for name in names(claim.formula_tree):
        if name.name in claim.scope.context.domains:
            places.setdefault(name.name, []).append(name)
    positive = [n for n in places if claim.scope.context.symbol(n).is_positive]
    real = [n for n in places if n not in positive]
    groups = [(list(positive), POSITIVE_FORMS)] if len(positive) > 1 else []
    groups += [([n], POSITIVE_FORMS if n in positive else REAL_FORMS) for n in places]
    for group, forms in groups:
        for latex, plain, told in forms:
            form = latex if claim.is_latex else plain
            occurrences = [name for n in group for name in places[n]]
            yield _amended(claim, occurrences, form, told.format(" and ".join(group)))
    for letters, forms in ((positive, POSITIVE_FORMS), (real, REAL_FORMS)):
        everywhere = [name for letter in letters for name in places[letter]]
        for size in range(1, MOST_PLACES + 1):
            for chosen in combinations(everywhere, size):
                told_of = " and ".join(dict.fromkeys(name.name for name in chosen))
                for latex, plain, told in forms:
                    form = latex if claim.is_latex else plain
                    yield _amended(claim, list(chosen), form, f"{told.format(told_of)}, in part")


def _amended(claim: Claim, occurrences: list[Name], form: str, told: str) -> Amendment:
    text = claim.formula
    edits = [(n.span, _form(text, n, form)) for n in occurrences]
    return Amendment(spliced(text, edits), told, len(edits))


def _form(text: str, name: Name, form: str) -> str:
    """What is written for a name, without brackets where it stands in brackets already."""
    start, end = name.span.start, name.span.end
    written = form.format(text[start:end])
    return (
        written[1:-1] if text[start - 1 : start] == "(" and text[end : end + 1] == ")" else written
    )


DIAGNOSIS = Slip("variance", "formula", 4, amendments)
