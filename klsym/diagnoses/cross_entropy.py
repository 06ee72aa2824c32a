"""Cross-entropy: the formula is the cross-entropy, or an entropy, instead of the divergence.

KL(p || q) = H(p, q) - H(p); a loss that is minimised over q alone often leaves H(p) out.

>>> from klsym import check
>>> result = check("KL(Bernoulli(p) || Bernoulli(q))", "-p*log(q) - (1 - p)*log(1 - q)")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('cross-entropy', 'H(Bernoulli(p), Bernoulli(q))')
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.diagnoses.editing import spliced
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.syntax.tree import Call, Node
from klsym.syntax.walk import walk

OF_TWO = (
    ("H({p}, {q})", "the cross-entropy, which is larger by the entropy of the first"),
    ("KL({p} || {q})", "the divergence, without the entropy of the first"),
    ("H({q}, {p})", "the cross-entropy in the other direction"),
    ("-H({p}, {q})", "the negative cross-entropy"),
    ("H({p})", "the entropy of the first"),
    ("H({q})", "the entropy of the second"),
)
OF_ONE = (("-H({p})", "the negative entropy"),)


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The statement with the cross-entropy for the divergence, or the reverse."""
    for node in walk(claim.statement_tree):
        if isinstance(node, Call) and node.function in ("KL", "H") and not node.keywords:
            laws = [_written(claim.statement, argument) for argument in node.arguments]
            names = dict(zip("pq", laws, strict=False))
            for form, meaning in OF_TWO if len(laws) == 2 else OF_ONE:
                if form.startswith("KL") and node.function == "KL":
                    continue
                amended = spliced(claim.statement, [(node.span, form.format(**names))])
                yield Amendment(f"the formula is {meaning}", text=amended)
            return


def _written(text: str, node: Node) -> str:
    return text[node.span.start : node.span.end]


DIAGNOSIS = Slip("cross-entropy", "statement", 3, amendments)
