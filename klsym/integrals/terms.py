"""Terms: a sum of products taken apart, multiplied out, and put together again.

A product is a number and its letters, each with its exponent; a letter is a symbol, a function, or
a sum below a line.  So products meet, and their numbers add up, before any node is made.

>>> from sympy import log, symbols
>>> a, b = symbols("a b", positive=True)
>>> coefficients((a - b) * (log(a) + b / a) + b * log(a))
{log(a): a, 1: b - b**2/a}
"""

from __future__ import annotations

from typing import Any

import sympy
from flint import fmpq
from sympy import S

from klsym.canonical import parts, power_of, product_of, sum_of

Term = tuple[Any, dict[Any, Any], list[Any]]
"""A number, the exponents of the letters, and the factors that are no powers of letters."""

_ONE = fmpq(1)


def coefficients(expr: Any) -> dict[Any, Any]:
    """Coefficients, rational in the parameters, by products of transcendental functions."""
    found: dict[Any, dict[Any, Any]] = {}
    for number, powers, rest in terms(expr):
        atoms: list[Any] = []
        others: list[Any] = []
        for power in (*powers.items(), *[(factor, None) for factor in rest]):
            (atoms if _is_atom(*power) else others).append(power)
        rational = frozenset(others)
        numbers = found.setdefault(frozenset(atoms), {})
        numbers[rational] = numbers[rational] + number if rational in numbers else number
    written: dict[Any, Any] = {}
    for those, numbers in found.items():
        atom = _product(_ONE, those)
        several = [_product(n, powers) for powers, n in numbers.items() if n]
        several += [written.pop(atom)] if atom in written else []
        coefficient = several[0] if len(several) == 1 else sum_of(*several)
        if coefficient is not S.Zero:
            written[atom] = coefficient
    return written


def _is_atom(letter: Any, exponent: Any) -> bool:
    """Whether a power is no coefficient; one of Euler's constant is a number as pi is."""
    if letter.is_Symbol or letter.is_Function:
        return bool(letter.is_Function)
    if letter is S.EulerGamma:
        return bool(exponent == 1)
    return is_transcendental(letter)


def distributed(expr: Any) -> Any:
    """A product of sums as a sum of products; its denominator is left whole."""
    if not (expr.is_Add or (expr.is_Mul and any(factor.is_Add for factor in expr.args))):
        return expr
    return sum_of(*(product_of(_product(n, p.items()), *rest) for n, p, rest in terms(expr)))


def terms(expr: Any) -> list[Term]:
    """The products that an expression is the sum of; what is below a line is left whole."""
    if expr.is_Add:
        return [term for part in expr.args for term in _spread((_ONE, {}, []), part)]
    return _spread((_ONE, {}, []), expr)


def _spread(term: Term, product: Any, sums: tuple[Any, ...] = ()) -> list[Term]:
    """A term times a product and sums."""
    number, powers, rest = term
    taken = bool(powers or rest)
    powers, rest, above = {**powers}, [*rest], [*sums]
    for factor in product.args if product.is_Mul else (product,):
        if factor.is_Rational:
            number = number * fmpq(factor.p, factor.q)
            continue
        letter, exponent = factor, _ONE
        if factor.is_Pow and factor.exp.is_Rational:
            letter, exponent = factor.base, fmpq(factor.exp.p, factor.exp.q)
        if factor.is_Add and factor not in powers:
            above.append(factor)
        elif not _is_letter(letter):
            rest.append(factor)
        elif letter not in powers:
            powers[letter] = exponent
        else:
            exponent = powers.pop(letter) + exponent
            if exponent:
                powers[letter] = exponent
    if rest and taken:
        return _spread((_ONE, {}, []), product_of(_product(number, powers.items()), *rest, *above))
    if not above:
        return [(number, powers, rest)]
    term, first, others = (number, powers, rest), above[0], tuple(above[1:])
    return [found for part in first.args for found in _spread(term, part, others)]


def _is_letter(factor: Any) -> bool:
    """Whether products with a factor are told by the sum of its exponents."""
    if factor.is_Function:
        return type(factor) not in (sympy.exp, sympy.Abs)
    return bool(factor.is_Symbol or factor.is_Add or factor.is_NumberSymbol)


def _product(number: Any, powers: Any) -> Any:
    factors = [
        letter if n is None or n == 1 else power_of(letter, _rational(n)) for letter, n in powers
    ]
    if number != 1 or not factors:
        factors.insert(0, _rational(number))
    return factors[0] if len(factors) == 1 else product_of(*factors)


def _rational(number: Any) -> Any:
    p, q = int(number.p), int(number.q)
    if q != 1:
        return sympy.Rational(p, q)
    return S.One if p == 1 else S.NegativeOne if p == -1 else sympy.Integer(p)


def is_transcendental(factor: Any) -> bool:
    """Whether a factor is no rational function of the parameters, nor a root of one."""
    if factor.is_Symbol or factor.is_Function:
        return bool(factor.is_Function)
    base, exponent = factor.as_base_exp()
    return bool(
        factor is S.EulerGamma
        or not exponent.is_number
        or any(node.is_Function for node in parts(factor))
        or base is S.Exp1
    )
