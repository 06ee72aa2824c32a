"""Straight-line Python from an expression: the one module that executes generated code.

A sympy expression is turned into a function with one line for each distinct subexpression, so
that common parts are computed once.  Nothing of the expression's own text reaches the source:
variables are ``v0_``, temporaries ``t0_``, numbers ``k0_``, and a head is looked up by its class
in a :class:`Target`, the white list of what may be called.  Any other head is `Unsupported`.

>>> from sympy import Symbol
>>> x = Symbol("__import__('os')")
>>> import operator
>>> target = Target({}, {}, lambda p, q: p, operator.pow, None, None, None)
>>> generate(x**2 + 3, (x,), target)(5)
28
>>> print(source(x**2 + 3, (x,), target))
def f(v0_):
    t0_ = k2_(v0_, k1_)
    t1_ = k0_ + t0_
    return t1_
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import sympy
from sympy import Expr, Piecewise, S, Symbol
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

Function = Callable[..., Any]

RELATIONS: dict[Any, Function] = {
    sympy.Lt: operator.lt,
    sympy.Le: operator.le,
    sympy.Gt: operator.gt,
    sympy.Ge: operator.ge,
    sympy.Eq: operator.eq,
    sympy.Ne: operator.ne,
}
"""Relations between numbers that compare as Python's own do."""


class Unsupported(Exception):
    """A number cannot be had this way; the message says which part is outside."""

    @property
    def reason(self) -> str:
        """Why, as one phrase."""
        return str(self)


@dataclass(frozen=True)
class Target:
    """What the generated code may call, for one kind of number.

    ``functions`` maps a sympy class to a function of the values of its arguments, ``constants`` a
    sympy constant to a function of nothing; ``rational`` makes a number of numerator and
    denominator; ``power`` raises to a Python integer, ``root`` is the square root, ``general`` a
    power with any exponent, ``divide`` a quotient (None: the plain operator).  Heads in ``flagged``
    take the flag of the integrand last: whether the value must be analytic.  ``choose`` takes pairs
    of thunks (condition, value); ``relations`` and the logical heads live in ``functions``.
    """

    functions: Mapping[Any, Function]
    constants: Mapping[Any, Function]
    rational: Callable[[int, int], Any]
    power: Function
    root: Function | None
    general: Function | None
    choose: Function | None
    divide: Function | None = None
    flagged: frozenset[Any] = frozenset()


def generate(expr: Expr, variables: Sequence[Symbol], target: Target) -> Function:
    """A Python function of the variables, in order, that computes ``expr`` with ``target``.

    Raises `Unsupported` for a head that is not on the white list, or a symbol that is not a
    variable.
    """
    writer, lines = _write(expr, variables, target)
    return writer.execute(lines)


def source(expr: Expr, variables: Sequence[Symbol], target: Target) -> str:
    """The text that `generate` executes."""
    return "\n".join(_write(expr, variables, target)[1])


def _write(
    expr: Expr, variables: Sequence[Symbol], target: Target
) -> tuple[_Writer, Sequence[str]]:
    writer = _Writer({symbol: (f"v{i}_", 0) for i, symbol in enumerate(variables)}, target, None)
    result, _ = writer.emit(expr)
    head = f"def f({', '.join(f'v{i}_' for i in range(len(variables)))}):"
    return writer, [head, *_indent([*writer.lines[0], f"return {result}"])]


def generate_integrand(
    expr: Expr, variables: Sequence[Symbol], fixed: Target, moving: Target
) -> Callable[[], Function]:
    """A function that sets up an integrand: ``setup()(*values, analytic)``.

    What is free of the variables is computed once by ``setup``, with ``fixed``; the rest with
    ``moving``, whose flagged heads are told whether the value must be analytic.
    """
    names = {symbol: (f"v{i}_", 1) for i, symbol in enumerate(variables)}
    writer = _Writer(names, fixed, moving)
    result, _ = writer.emit(expr)
    arguments = ", ".join([*(f"v{i}_" for i in range(len(variables))), "a_"])
    body = [*writer.lines[1], f"return {result}"]
    inner = [*writer.lines[0], f"def g({arguments}):", *_indent(body), "return g"]
    return writer.execute(["def f():", *_indent(inner)])


def _indent(lines: Sequence[str]) -> list[str]:
    return ["    " + line for line in lines]


class _Writer:
    """Writes the lines; level 0 is free of the integration variables, level 1 is not."""

    def __init__(
        self, names: Mapping[Any, tuple[str, int]], fixed: Target, moving: Target | None
    ) -> None:
        self.memo: dict[Any, tuple[str, int]] = dict(names)
        self.targets = (fixed, moving or fixed)
        self.lines: tuple[list[str], list[str]] = ([], [])
        self.namespace: dict[str, Any] = {}
        self.numbers: dict[tuple[int, Any], str] = {}
        self.fresh = count()

    def execute(self, lines: Sequence[str]) -> Function:
        namespace: dict[str, Any] = {"__builtins__": {}, **self.namespace}
        exec(compile("\n".join(lines), "<klsym straight line>", "exec"), namespace)
        function: Function = namespace["f"]
        return function

    def assign(self, level: int, code: str) -> tuple[str, int]:
        name = f"t{next(self.fresh)}_"
        self.lines[level].append(f"{name} = {code}")
        return name, level

    def hold(self, key: tuple[int, Any], value: Any) -> str:
        """A name for a Python object that the code refers to."""
        name = self.numbers.get(key)
        if name is None:
            name = self.numbers[key] = f"k{len(self.numbers)}_"
            self.namespace[name] = value
        return name

    def call(self, level: int, head: Any, function: Function | None, *args: str) -> tuple[str, int]:
        if function is None:
            raise Unsupported(f"no rule for {getattr(head, '__name__', head)}")
        target = self.targets[level]
        flag = ("a_",) if level == 1 and head in target.flagged else ()
        return self.assign(level, f"{self.hold((level, head), function)}({', '.join(args + flag)})")

    def emit(self, node: Any) -> tuple[str, int]:
        known = self.memo.get(node)
        if known is None:
            known = self.memo[node] = self._emit(node)
        return known

    def _emit(self, node: Any) -> tuple[str, int]:
        if node.is_Rational:
            return self.hold((0, node), self.targets[0].rational(int(node.p), int(node.q))), 0
        if node.is_Add:
            return self._combine(node.args, " + ")
        if node.is_Mul:
            return self._product(node)
        if node.is_Pow:
            return self._power(node.base, node.exp)
        if isinstance(node, Piecewise):
            return self._piecewise(node)
        if isinstance(node, BooleanTrue | BooleanFalse):
            return ("True" if node else "False"), 0
        constant = self.targets[0].constants.get(node)
        if constant is not None:
            return self.call(0, node, constant)
        if isinstance(node, Symbol):
            raise Unsupported(f"no value for {node}")
        parts = [self.emit(arg) for arg in node.args]
        level = max((part[1] for part in parts), default=0)
        function = self.targets[level].functions.get(node.func)
        if function is None or not parts:
            where = " of the integration variable" if level else ""
            raise Unsupported(f"no rule for {node.func.__name__}{where}")
        return self.call(level, node.func, function, *(part[0] for part in parts))

    def _combine(self, args: Sequence[Any], sign: str) -> tuple[str, int]:
        """A sum or a product, the part free of the integration variable apart."""
        parts = [self.emit(arg) for arg in args]
        fixed = [name for name, level in parts if level == 0]
        moving = [name for name, level in parts if level == 1]
        if not moving:
            return self.assign(0, sign.join(fixed)) if len(fixed) > 1 else (fixed[0], 0)
        if len(fixed) > 1:
            fixed = [self.assign(0, sign.join(fixed))[0]]
        moving = fixed + moving
        return self.assign(1, sign.join(moving)) if len(moving) > 1 else (moving[0], 1)

    def _product(self, node: Any) -> tuple[str, int]:
        above, below = [], []
        for arg in node.args:
            if arg.is_Pow and arg.exp.is_Rational and arg.exp < 0 and arg.base is not S.Exp1:
                below.append(arg.base if arg.exp == -1 else (arg.base, -arg.exp))
            else:
                above.append(arg)
        top = self._combine(above, "*") if above else self.emit(S.One)
        if not below:
            return top
        return self._divide(top, self._denominator(below))

    def _denominator(self, factors: Sequence[Any]) -> tuple[str, int]:
        parts = [self._power(*f) if isinstance(f, tuple) else self.emit(f) for f in factors]
        level = max(part[1] for part in parts)
        if len(parts) == 1:
            return parts[0]
        return self.assign(level, "*".join(part[0] for part in parts))

    def _divide(self, top: tuple[str, int], bottom: tuple[str, int]) -> tuple[str, int]:
        level = max(top[1], bottom[1])
        divide = self.targets[level].divide
        if divide is None:
            return self.assign(level, f"{top[0]} / {bottom[0]}")
        return self.call(level, "divide", divide, top[0], bottom[0])

    def _power(self, base: Any, exponent: Any) -> tuple[str, int]:
        key = sympy.Tuple(base, exponent)
        known = self.memo.get(key)
        if known is None:
            known = self.memo[key] = self._new_power(base, exponent)
        return known

    def _new_power(self, base: Any, exponent: Any) -> tuple[str, int]:
        if base is S.Exp1:
            name, level = self.emit(exponent)
            return self.call(level, sympy.exp, self.targets[level].functions.get(sympy.exp), name)
        if exponent.is_Rational and exponent < 0:
            return self._divide(self.emit(S.One), self._power(base, -exponent))
        name, level = self.emit(base)
        target = self.targets[level]
        if exponent is S.One:
            return name, level
        if exponent.is_Integer:
            held = self.hold((2, int(exponent)), int(exponent))
            return self.call(level, "power", target.power, name, held)
        if exponent.is_Rational and exponent.q == 2:
            root = self.call(level, "root", target.root, name)
            if exponent.p == 1:
                return root
            held = self.hold((2, int(exponent.p)), int(exponent.p))
            return self.call(level, "power", target.power, root[0], held)
        index, other = self.emit(exponent)
        if other > level:
            # b**x with b fixed: entire in x, and its logarithm is computed only once.
            log = self.call(0, sympy.log, self.targets[0].functions.get(sympy.log), name)
            product = self.assign(1, f"{index}*{log[0]}")
            return self.call(1, sympy.exp, self.targets[1].functions.get(sympy.exp), product[0])
        return self.call(level, "general", target.general, name, index)

    def _piecewise(self, node: Any) -> tuple[str, int]:
        """Each condition and each value is a function of its own: only what holds is computed."""
        level = int(self._moves(node))
        if self.targets[level].choose is None:
            raise Unsupported("a case distinction in the integration variable")
        pairs = []
        for value, condition in node.args:
            pairs.append(f"({self._thunk(condition, level)}, {self._thunk(value, level)})")
        return self.call(level, Piecewise, self.targets[level].choose, f"({', '.join(pairs)},)")

    def _thunk(self, node: Any, level: int) -> str:
        """A function without arguments that computes a node, whatever the level of its parts."""
        outer_memo, outer_lines = self.memo, self.lines
        body: list[str] = []
        self.memo, self.lines = dict(outer_memo), (body, body)
        try:
            result, _ = self.emit(node)
        finally:
            self.memo, self.lines = outer_memo, outer_lines
        name = f"w{next(self.fresh)}_"
        self.lines[level].extend([f"def {name}():", *_indent([*body, f"return {result}"])])
        return name

    def _moves(self, node: Any) -> bool:
        return any(
            level == 1 and symbol in node.free_symbols
            for symbol, (_, level) in self.memo.items()
            if isinstance(symbol, Symbol)
        )
