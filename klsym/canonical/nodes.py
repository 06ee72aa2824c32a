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
from sympy import Add, Basic, Expr, Integer, Mul, Pow, Rational, S, Symbol, exp

from klsym.canonical.order import CANONICAL

_INFINITE = (S.Infinity, S.NegativeInfinity, S.ComplexInfinity, S.NaN)
_OTHER = (sympy.Number, sympy.Order, sympy.AccumBounds, type(S.ComplexInfinity))
_ONE, _ZERO = S.One, S.Zero
_PLAIN = (Symbol, sympy.log, sympy.gamma, sympy.loggamma, sympy.polygamma, sympy.beta)
_LETTERS: dict[type, bool] = {}


def node_of(value: Any) -> Any:
    """A value as sympy's; a Python number is taken as one, and a text refused."""
    return value if isinstance(value, Basic) else sympy.sympify(value, strict=True)


def _is_letter(node: Any) -> bool:
    """Whether a node is a power of nothing else: a symbol, a function, a constant such as pi."""
    kind = node.__class__
    if kind not in _LETTERS:
        own = issubclass(kind, Expr) and kind.as_base_exp is Expr.as_base_exp
        _LETTERS[kind] = issubclass(kind, _PLAIN) or (own and not issubclass(kind, _OTHER))
    return _LETTERS[kind]


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
        elif not (term.is_Pow or term.__class__ is exp or _is_letter(term)):
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
    return _made(Add, found, _ZERO)


def _counted_out(count: Any, rest: Any) -> Any:
    """A number times a term, or times the factors of one."""
    if rest.__class__ is not tuple:
        return scaled(count, rest)
    return _made(Mul, rest if count is _ONE else (count, *rest), _ONE)


def scaled(number: Any, term: Any) -> Any:
    """A rational number times a term that has none in front; a sum is not multiplied out."""
    if number is _ONE or term is _ONE:
        return term if number is _ONE else number
    return _made(Mul, (number, *term._args) if term.is_Mul else (number, term), _ONE)


def _made(head: Any, args: Any, empty: Any) -> Any:
    if len(args) < 2:
        return args[0] if args else empty
    node = Expr.__new__(head, *args)
    node.is_commutative = True
    return node


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
        elif not (factor.is_Add or _is_letter(factor)):
            return Mul(*factors)
        if key in powers:
            powers[key] = powers[key][0] + count, None
        else:
            powers[key] = count, factor
    if number is _ZERO:
        return Mul(*factors) if any(node_of(f).has(*_INFINITE) for f in factors) else _ZERO
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
    return _made(Mul, found, _ONE)


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


def counted(term: Any) -> tuple[Any, Any]:
    """The rational number in front of a term, and the rest of it."""
    if term.is_Rational:
        return term, _ONE
    if term.is_Mul and term.args[0].is_Rational:
        rest = term.args[1:]
        return term.args[0], rest[0] if len(rest) == 1 else _made(Mul, rest, _ONE)
    return _ONE, term


def power_of(base: Any, exponent: Any) -> Any:
    """The power, as ``base**exponent`` makes it."""
    base, exponent = node_of(base), node_of(exponent)
    if base is S.Exp1:
        return exp_of(exponent)
    if exponent is _ONE or (base is _ONE and exponent.is_finite is not False):
        return base
    if exponent is S.NegativeOne and base.is_Integer and base.p:
        return Rational(1, base.p)
    if not exponent.is_Rational and not base.is_number and not exponent.has(sympy.log, *_INFINITE):
        if base.is_Symbol or base.is_Mul or (base.is_Add and not any(map(_is_endless, base.args))):
            return _power(base, exponent)
        if base.is_Pow and base.base.is_Symbol and base.base.is_positive and _is_real(base.exp):
            return power_of(base.base, product_of(base.exp, exponent))
    if not exponent.is_Rational or exponent is _ZERO:
        return base**exponent
    if base.is_Symbol or isinstance(base, _PLAIN):
        return _power(base, exponent)
    if base.is_Add and exponent.is_Integer and not base.is_number:
        return base**exponent if any(map(_is_endless, base.args)) else _power(base, exponent)
    if not exponent.is_Integer:
        return base**exponent
    if base.is_Mul and not base.is_number:
        return product_of(*(power_of(factor, exponent) for factor in base.args))
    if base.is_Pow and not base.base.is_Number:
        return power_of(base.base, product_of(base.exp, exponent))
    if type(base) is exp:
        return exp_of(product_of(base.args[0], exponent))
    return base**exponent


def _is_real(expr: Any) -> bool:
    """Whether an expression is real because all that stands in it is."""
    if expr.is_Add or expr.is_Mul:
        return all(map(_is_real, expr.args))
    return bool(expr.is_Rational or (expr.is_Symbol and expr.is_real))


def _is_endless(term: Any) -> bool:
    first = term.args[0] if term.is_Mul else term
    return bool(first.is_Number and not first.is_Rational)


def _power(base: Any, exponent: Any) -> Any:
    node = Expr.__new__(Pow, base, exponent)
    node.is_commutative = True
    return node


def exp_of(argument: Any) -> Any:
    """The exponential, as ``sympy.exp`` makes it."""
    argument = node_of(argument)
    if argument.is_number or argument.has(S.ImaginaryUnit, *_INFINITE):
        return sympy.exp(argument)
    if argument.is_Add:
        if not argument.has(sympy.log):
            return _exponential(argument)
        parts = [(term, exp_of(term)) for term in argument.args if term is not _ONE]
        kept = [t for t, node in parts if type(node) is exp and node.args[0] == t]
        out = [node for t, node in parts if t not in kept]
        kept += [term for term in argument.args if term is _ONE]
        return product_of(*out, *map(_exponential, [sum_of(*kept)] if kept else []))
    factors = Mul.make_args(argument)
    if argument.has(sympy.log) and not any(f.is_Symbol or f.is_Pow for f in factors):
        number, rest = counted(argument)
        known = isinstance(rest, sympy.log)
        return power_of(rest.args[0], number) if known else sympy.exp(argument)
    return _exponential(argument)


def _exponential(argument: Any) -> Any:
    return applied(sympy.exp, argument)


_ARITIES: dict[Any, Any] = {}


def applied(function: Any, *arguments: Any) -> Any:
    """A function of its arguments, as it stands."""
    node = Expr.__new__(function, *arguments)
    if function not in _ARITIES:
        _ARITIES[function] = function(*sympy.symbols(f"x:{len(arguments)}")).nargs
    node.nargs = _ARITIES[function]
    return node
