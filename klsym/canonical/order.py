"""The order in which sympy keeps terms and factors, and the sign it prefers, with fewer calls.

>>> from sympy import log, pi, symbols
>>> a, b = symbols("a b", positive=True)
>>> sorted([log(a), a * b, b, a, a**b, pi], key=CANONICAL)
[pi, a, b, a**b, a*b, log(a)]
"""

from __future__ import annotations

from functools import cmp_to_key
from typing import Any

from sympy import Basic, Expr, S, Symbol
from sympy.core.basic import ordering_of_classes

_CONTENTS = (Expr._hashable_content, Basic._hashable_content)
"""Of a node that has one of these its arguments are all there is to compare."""
_PLACES: dict[type, tuple[int, str]] = {}


def compared(left: Any, right: Any) -> int:
    """Below, at or above zero as ``Basic.compare`` has it."""
    if left is right:
        return 0
    kind, other = left.__class__, right.__class__
    if kind is not other:
        first = _PLACES[kind] if kind in _PLACES else _place(kind)
        second = _PLACES[other] if other in _PLACES else _place(other)
        if first != second:
            return -1 if first < second else 1
    elif kind is Symbol and left.name != right.name:
        one, another = left._assumptions0, right._assumptions0
        lengths = len(one) - len(another)
        return lengths or (-1 if left.name < right.name else 1)
    elif kind._hashable_content in _CONTENTS:
        one, another = left._args, right._args
        lengths = len(one) - len(another)
        if lengths:
            return lengths
        for part, its in zip(one, another, strict=True):
            if part is not its:
                order = compared(part, its)
                if order:
                    return order
        return 0
    return int(left.compare(right))


def _place(kind: type) -> tuple[int, str]:
    """Where a class stands: those that sympy does not list come last, by their names."""
    name = kind.__name__
    listed = name in ordering_of_classes
    place = (ordering_of_classes.index(name), "") if listed else (len(ordering_of_classes), name)
    return _PLACES.setdefault(kind, place)


CANONICAL = cmp_to_key(compared)
"""The order in which sympy keeps terms and factors, as a key."""


def leads_with_minus(total: Any) -> bool:
    """Whether sympy prefers the negative of a sum, as ``could_extract_minus_sign`` says.

    >>> from sympy import symbols
    >>> a, b = symbols("a b")
    >>> leads_with_minus(b - a), leads_with_minus(a - b), leads_with_minus(1 - a)
    (True, False, True)
    """
    numbers = [term if term.is_Number else term.as_coeff_Mul()[0] for term in total.args]
    if not all(number.is_Rational for number in numbers):
        return bool(total.could_extract_minus_sign())
    minuses = sum(1 for number in numbers if number.p < 0)
    if 2 * minuses != len(numbers):
        return 2 * minuses > len(numbers)
    # As many of each: the letter that comes first decides.
    first: Any = None
    for term, number in zip(total.args, numbers, strict=True):
        if term.is_Rational:
            continue
        letter = term if number is S.One else term.as_coeff_Mul()[1]
        if letter.__class__ is not Symbol:
            return bool(total.could_extract_minus_sign())
        if first is None or letter.name < first[0]:
            first = letter.name, number
    return bool(first[1].p < 0)
