"""Definition: a divergence is replaced by what it stands for.

KL(p || q) = E_p[log(p(x)/q(x))],  H(p) = -E_p[log(p(x))],  and so on: the definition that the
divergence's own page states.

>>> from klsym import derive
>>> derive("KL(Exponential(a) || Exponential(b))").steps[0].rule
'definition'

Reference: the pages of the divergences.
"""

from __future__ import annotations

from klsym.integrals.rule import Rule

RULE = Rule("definition", "definition")
