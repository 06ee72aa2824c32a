"""Linearity of the mean: E[sum c_i T_i(x)] = sum c_i E[T_i(x)], for c_i free of the variate.

Each of the means must exist; the conditions under which they do are those of the integrals that
give them.

>>> from klsym import derive
>>> [step.rule for step in derive("H(Exponential(a))").steps]
['definition', 'densities', 'logarithm', 'linearity', 'gamma-type']

Reference: any text on probability.
"""

from __future__ import annotations

from klsym.integrals.rule import Rule

RULE = Rule("linearity", "linearity of the mean")
