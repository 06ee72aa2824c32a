"""The order of the terms of a sum: that of a textbook, not that of a computer algebra system.

Terms with a logarithm or another special function stand first, then powers and fractions, then
constants, the number last; and a sum does not begin with a minus sign if another term can lead.

>>> from sympy import log, symbols
>>> x, y = symbols("x y", positive=True)
>>> textbook_order((log(x) + x**2 - 1).as_ordered_terms())
[log(x), x**2, -1]
>>> textbook_order((y - 1 - log(y)).as_ordered_terms())
[y, -log(y), -1]
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sympy import Add, Function, Mul, exp

from klsym.writing.grouping import grouped_factors


def textbook_order(terms: Sequence[Any]) -> list[Any]:
    """The same terms in the order a textbook prints; terms of one kind keep theirs."""
    ranked = sorted(terms, key=_rank)
    groups = [_positive_first(list(group)) for _, group in groupby(ranked, key=_kind)]
    if groups and _has_minus(groups[0][0]):
        lead = next((g for g in groups if not _has_minus(g[0])), None)
        if lead is not None:
            groups.remove(lead)
            groups.insert(0, lead)
    return [term for group in groups for term in group]


def _positive_first(group: list[Any]) -> list[Any]:
    if _has_minus(group[0]):
        lead = next((t for t in group if not _has_minus(t)), None)
        if lead is not None:
            group.remove(lead)
            group.insert(0, lead)
    return group


def _has_minus(term: Any) -> bool:
    """Whether a term is printed with a minus sign, which may be that of a sum in it."""
    shared = grouped_factors(term).as_coeff_Mul()[0].is_negative if term.is_Mul else False
    return bool(shared or term.could_extract_minus_sign())


def _kind(term: Any) -> int:
    if term.is_Number:
        return 3
    if not term.free_symbols:
        return 2
    return 0 if any(map(_is_special, Mul.make_args(term))) else 1


def _is_special(factor: Any) -> bool:
    if factor.is_Add:
        return any(_is_special(f) for term in factor.args for f in Mul.make_args(term))
    return isinstance(factor, Function) and not isinstance(factor, exp)


def _rank(term: Any) -> tuple[int, bool]:
    return _kind(term), term.has(Add)
