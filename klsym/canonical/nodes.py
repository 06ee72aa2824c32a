"""Sums, products, powers and exponentials: the node that sympy makes of the same parts.

>>> from sympy import symbols
>>> a, b, x = symbols("a b x", positive=True)
>>> sum_of(a, product_of(-2, b), a), product_of(a, power_of(product_of(2, a, b), -2))
(2*a - 2*b, 1/(4*a*b**2))
>>> product_of(power_of(x, a - 1), exp_of(-b * x))
x**(a - 1)*exp(-b*x)
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Add, Integer, Mul, Rational, S, exp

from klsym.canonical.making import (
    INFINITE,
    applied,
    counted,
    is_endless,
    is_left_alone,
    is_letter,
    is_plainly_positive,
    is_plainly_real,
    made,
    node_of,
    raised,
    scaled,
)
from klsym.canonical.order import CANONICAL
from klsym.canonical.parts import kinds_in
from klsym.canonical.roots import square_root

_ONE, _ZERO = S.One, S.Zero
_BEYOND = INFINITE | {type(S.ImaginaryUnit)}


def sum_of(*terms: Any) -> Any:
    """The sum, as ``sympy.Add`` makes it."""
    number: Any = _ZERO
    # The factors of each term beside its number, with that number and the term as it stands.
    counts: dict[Any, tuple[Any, Any]] = {}
    queue = [Integer(term) if term.__class__ is int else term for term in terms]
    for term in queue:
        if term.is_Add:
            queue += term._args
            continue
        if term.is_Rational:
            number = term if number is _ZERO else number + term
            continue
        count, rest = _ONE, term
        if term.is_Mul:
            first, *others = rest = term._args
            if first.is_Rational:
                count, rest = first, others[0] if len(others) == 1 else tuple(others)
            elif first.is_Number:
                return Add(*terms)
        elif not (term.is_Pow or term.__class__ is exp or is_letter(term)):
            return Add(*terms)
        if rest in counts:
            counts[rest] = counts[rest][0] + count, None
        else:
            counts[rest] = count, term
    found = [
        _counted_out(count, rest) if term is None else term
        for rest, (count, term) in counts.items()
        if count is not _ZERO
    ]
    if len(found) > 1:
        found.sort(key=CANONICAL)
    if number is not _ZERO:
        found.insert(0, number)
    return made(Add, found, _ZERO)


def _counted_out(count: Any, rest: Any) -> Any:
    """A number times a term, or times the factors of one."""
    if rest.__class__ is not tuple:
        return scaled(count, rest)
    return made(Mul, rest if count is _ONE else (count, *rest), _ONE)


def product_of(*factors: Any) -> Any:
    """The product, as ``sympy.Mul`` makes it."""
    queue = [Integer(factor) if factor.__class__ is int else factor for factor in factors]
    if len(queue) == 2:
        pair = _pair(*queue)
        if pair is not None:
            return pair
    number: Any = _ONE
    # Each base, or base and exponent but for its number, with that number and the power.
    powers: dict[Any, tuple[Any, Any]] = {}
    roots: list[Any] = []
    for factor in queue:
        if factor.is_Mul:
            queue += factor._args
            continue
        if factor.is_Rational:
            number = factor if number is _ONE else number * factor
            continue
        count, key = _ONE, factor
        if factor.is_Pow:
            base, exponent = factor._args
            if base.is_Number:
                if not base.is_Integer or base.p < 0:
                    return Mul(*factors)
                roots.append(factor)
                continue
            count, rest = counted(exponent)
            key = base if rest is _ONE else (base, rest)
        elif factor.__class__ is exp:
            count, rest = counted(factor._args[0])
            key = S.Exp1 if rest is _ONE else (S.Exp1, rest)
        elif not (factor.is_Add or is_letter(factor)):
            return Mul(*factors)
        if key in powers:
            powers[key] = powers[key][0] + count, None
        else:
            powers[key] = count, factor
    if number is _ZERO:
        return Mul(*factors) if any(kinds_in(node_of(f)) & INFINITE for f in factors) else _ZERO
    if roots:
        number, roots = _of_numbers(number, roots)
    found = []
    for key, (count, factor) in powers.items():
        if factor is None and count is not _ZERO:
            base, rest = key if key.__class__ is tuple else (key, _ONE)
            factor = power_of(base, product_of(count, rest))
            if factor.is_Mul or factor.is_Number or (factor.is_Pow and factor._args[0] != base):
                return Mul(*factors)
        if factor is not None:
            found.append(factor)
    found += roots
    if len(found) > 1:
        found.sort(key=CANONICAL)
    if number is not _ONE:
        if len(found) == 1 and found[0].is_Add:
            return _spread(number, found[0])
        found.insert(0, number)
    return made(Mul, found, _ONE)


def _of_numbers(number: Any, roots: list[Any]) -> tuple[Any, list[Any]]:
    """A number times powers of numbers, as the number and the powers that are left."""
    plain = [root for root in roots if root._args[1].is_Rational]
    lettered = [root for root in roots if not root._args[1].is_Rational]
    if len(plain) > 1:
        if len(plain) == 2 and plain[0] == plain[1] and plain[0]._args[1] is S.Half:
            number, plain = number * plain[0]._args[0], []
        else:
            number, rest = Mul(number, *plain).as_coeff_mul()
            plain = list(rest)
    if len(lettered) > 1:
        number, rest = Mul(number, *lettered).as_coeff_mul()
        lettered = list(rest)
    return number, plain + lettered


def quotient_of(above: Any, below: Any) -> Any:
    """The quotient, a factor of both left out."""
    factors = Mul.make_args(below)
    shared = {*Mul.make_args(above)}.intersection(factors)
    rest = (factor for factor in Mul.make_args(above) if factor not in shared)
    inverse = (power_of(factor, S.NegativeOne) for factor in factors if factor not in shared)
    return product_of(*rest, *inverse)


def _pair(left: Any, right: Any) -> Any:
    """A rational number times a sum, which is multiplied out unless a number stood before it."""
    if right.is_Rational:
        left, right = right, left
    if left is _ONE:
        return right
    if not left.is_Rational or left is _ZERO:
        return None
    if right.is_Add:
        return _spread(left, right)
    if right.is_Mul and len(right._args) == 2 and right._args[1].is_Add:
        number, inside = right._args
        if number.is_Rational:
            return scaled(left * number, inside)
    return None


def _spread(number: Any, inside: Any) -> Any:
    """A number times a sum, term by term; the order of the terms may change with their signs."""
    return sum_of(*(product_of(number, term) for term in inside.args))


def power_of(base: Any, exponent: Any) -> Any:
    """The power, as ``base**exponent`` makes it."""
    base, exponent = node_of(base), node_of(exponent)
    if exponent is _ONE:
        return base
    if base is S.Exp1:
        return exp_of(exponent)
    if not exponent.is_Rational:
        power = _with_letters_above(base, exponent)
    elif exponent is _ZERO:
        power = None
    elif base.is_Rational:
        power = _of_number(base, exponent)
    elif is_left_alone(base):
        power = raised(base, exponent)
    elif exponent.is_Integer:
        power = _whole(base, exponent)
    else:
        power = _root(base, exponent)
    return base**exponent if power is None else power


def _with_letters_above(base: Any, exponent: Any) -> Any:
    """A power whose exponent is no number; None if sympy may know better."""
    kinds = kinds_in(exponent)
    if base is _ONE:
        return None if kinds & INFINITE else _ONE
    if base.is_number or sympy.log in kinds or kinds & INFINITE:
        return None
    if base.is_Symbol or base.is_Mul or (base.is_Add and not any(map(is_endless, base._args))):
        return raised(base, exponent)
    if base.is_Pow and base._args[0].is_Symbol and base._args[0].is_positive:
        base, inner = base._args
        return power_of(base, product_of(inner, exponent)) if is_plainly_real(inner) else None
    return None


def _of_number(base: Any, exponent: Any) -> Any:
    if exponent.is_Integer and base is not _ZERO:
        n = int(exponent)
        above, below = (base.p, base.q) if n > 0 else (base.q, base.p)
        return Rational(above ** abs(n), below ** abs(n))
    return square_root(base, exponent) if exponent.q == 2 else None


def _whole(base: Any, exponent: Any) -> Any:
    """A sum, a product, a power or an exponential to a whole power."""
    if base.is_Pow:
        inside, inner = base._args
        if not inside.is_Number:
            return power_of(inside, product_of(inner, exponent))
        return square_root(inside, inner * exponent) if inner is S.Half else None
    if base.__class__ is exp:
        return exp_of(product_of(base._args[0], exponent))
    if base.is_number:
        return None
    if base.is_Mul:
        return product_of(*(power_of(factor, exponent) for factor in base._args))
    endless = not base.is_Add or any(map(is_endless, base._args))
    return None if endless else raised(base, exponent)


def _root(base: Any, exponent: Any) -> Any:
    """A power or a product of positive letters and numbers to a fractional power."""
    if not is_plainly_positive(base):
        return None
    if base.is_Mul:
        return product_of(*(power_of(factor, exponent) for factor in base._args))
    inside, inner = base._args
    return power_of(inside, product_of(inner, exponent))


def exp_of(argument: Any) -> Any:
    """The exponential, as ``sympy.exp`` makes it."""
    argument = node_of(argument)
    if argument is _ZERO:
        return _ONE
    kinds = kinds_in(argument)
    if kinds & _BEYOND or argument.is_number:
        return exp(argument)
    if sympy.log not in kinds:
        return applied(exp, argument)
    if argument.is_Add:
        parts = [(term, exp_of(term)) for term in argument._args if term is not _ONE]
        kept = [t for t, node in parts if type(node) is exp and node.args[0] == t]
        out = [node for t, node in parts if t not in kept]
        kept += [term for term in argument._args if term is _ONE]
        return product_of(*out, *([applied(exp, sum_of(*kept))] if kept else []))
    if not any(f.is_Symbol or f.is_Pow for f in Mul.make_args(argument)):
        number, rest = counted(argument)
        known = isinstance(rest, sympy.log)
        return power_of(rest.args[0], number) if known else exp(argument)
    return applied(exp, argument)
