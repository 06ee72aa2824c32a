"""What a tree means: names, families, divergences and declarations, as sympy expressions.

:func:`read` reads a whole request; :func:`lower` one more tree in its scope.  Divergences, means
and distributions stay unevaluated heads (:mod:`klsym.expectation`) until :func:`expand_definition`
replaces a divergence by its definition.
"""

from klsym.meaning.definitions import expand_definition
from klsym.meaning.formulas import lower, read_formula, read_tree
from klsym.meaning.instances import instantiate
from klsym.meaning.points import read_point
from klsym.meaning.requests import read
from klsym.meaning.scope import Formula, FormulaReading, Request, Scope, UserFamily

__all__ = [
    "Formula",
    "FormulaReading",
    "Request",
    "Scope",
    "UserFamily",
    "expand_definition",
    "instantiate",
    "lower",
    "read",
    "read_formula",
    "read_point",
    "read_tree",
]
