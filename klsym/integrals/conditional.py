"""Conditional: a divergence of the distributions of y given x, as a function of x.

It is derived as any other, with x for a parameter; its mean over x is taken afterwards.

>>> from klsym import derive
>>> found = derive("MutualInformation(BivariateNormal(rho=r))")
>>> [step.rule for step in found.steps][:3]
['definition', 'chain-rule', 'conditional']

Reference: Cover and Thomas, Elements of Information Theory (2006), section 2.5.
"""

from __future__ import annotations

from klsym.integrals.rule import Rule

RULE = Rule("conditional", "derived for the conditionals, with the first variate fixed")
