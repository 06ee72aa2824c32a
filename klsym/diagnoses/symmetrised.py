"""Symmetrised: the sum of both directions, or half of it, for one direction, or the reverse.

Jeffreys(p, q) = KL(p || q) + KL(q || p), and half of it, are both called "the KL divergence" or
"symmetrised KL" in print.

>>> from klsym import check
>>> result = check("KL(Poisson(a) || Poisson(b))", "(a - b)*log(a/b)")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('symmetrised', 'Jeffreys(Poisson(a), Poisson(b))')

Seen in: Endo, Nagatani et al., Contemp. Clin. Trials 27 (2006), quoted without its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.diagnoses.editing import spliced
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.syntax.tree import Call, Node
from klsym.syntax.walk import walk

FORMS = (
    ("KL({p} || {q})", "KL", "one direction alone"),
    ("Jeffreys({p}, {q})", "Jeffreys", "the sum of both directions"),
    ("Jeffreys({p}, {q}, average=True)", "", "half the sum of both directions"),
)


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The statement with each divergence replaced by its other symmetrised forms."""
    for node in walk(claim.statement_tree):
        if isinstance(node, Call) and node.function in ("KL", "Jeffreys"):
            p, q = (_written(claim.statement, argument) for argument in node.arguments[:2])
            for form, function, meaning in FORMS:
                if function == node.function and not node.keywords:
                    continue
                amended = spliced(claim.statement, [(node.span, form.format(p=p, q=q))])
                yield Amendment(f"the formula is {meaning}", text=amended)
            return


def _written(text: str, node: Node) -> str:
    return text[node.span.start : node.span.end]


DIAGNOSIS = Slip("symmetrised", "statement", 2, amendments)
