"""Densities: p(x) and q(x) are replaced by their expressions.

>>> from klsym import derive
>>> step = derive("H(Exponential(a))").steps[1]
>>> step.rule, step.facts
('densities', ((p(x), a*exp(-a*x)),))

Reference: the pages of the families.
"""

from __future__ import annotations

from klsym.integrals.rule import Rule

RULE = Rule("densities", "densities")
