"""sympy's canonical sums, products and powers, put together without its questions.

sympy asks at length whether an exponent is zero, a base negative or a term infinite before it
makes a node.  What stands here makes the same node from its parts where they are plain, and leaves
everything else to sympy.
"""

from klsym.canonical.functions import (
    absolute_of,
    atan_of,
    beta_of,
    gamma_of,
    goes_both_ways,
    log_gamma_of,
    log_of,
    odd_of,
)
from klsym.canonical.making import applied, counted, is_plainly_positive, scaled
from klsym.canonical.nodes import (
    exp_of,
    power_of,
    product_of,
    quotient_of,
    sum_of,
)
from klsym.canonical.operations import operations
from klsym.canonical.order import leads_with_minus
from klsym.canonical.parts import contains, has_any, parts, parts_of
from klsym.canonical.rational import cancelled, divided, factored, lowest_forms
from klsym.canonical.renaming import is_renaming, renamed
from klsym.canonical.replacing import rebuilt, replaced
from klsym.canonical.sums import apart, multiplied, multiplied_out, shared_out

__all__ = [
    "absolute_of",
    "apart",
    "applied",
    "atan_of",
    "beta_of",
    "cancelled",
    "contains",
    "counted",
    "divided",
    "exp_of",
    "factored",
    "gamma_of",
    "goes_both_ways",
    "has_any",
    "is_plainly_positive",
    "is_renaming",
    "leads_with_minus",
    "log_gamma_of",
    "log_of",
    "lowest_forms",
    "multiplied",
    "multiplied_out",
    "odd_of",
    "operations",
    "parts",
    "parts_of",
    "power_of",
    "product_of",
    "quotient_of",
    "rebuilt",
    "renamed",
    "replaced",
    "scaled",
    "shared_out",
    "sum_of",
]
