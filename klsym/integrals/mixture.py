"""Mixture: the mean under a weighted sum of densities is the weighted sum of the means.

E_p[T(x)] = w_1 E_p1[T(x)] + w_2 E_p2[T(x)]  for  p = w_1 p_1 + w_2 p_2

>>> from klsym import derive
>>> print(derive("E(1/2*Normal(0, 1) + 1/2*Normal(m, 1), x**2)"))
m**2/2 + 1

Reference: linearity of the integral.
"""

from __future__ import annotations

from klsym.integrals.rule import Rule

RULE = Rule("mixture", "mean under a mixture")
