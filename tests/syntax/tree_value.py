"""The number a scalar tree stands for, by mpmath, so that readings can be judged by numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mpmath

from klsym.syntax.tree import (
    Bars,
    Binary,
    Call,
    Derivative,
    Factorial,
    Integral,
    Name,
    Negative,
    Node,
    Number,
    Root,
)

CONSTANTS = {"E": mpmath.e, "pi": mpmath.pi, "e": mpmath.e, "oo": mpmath.inf}
CONSTANTS |= {"gamma": mpmath.euler, "gamma_E": mpmath.euler}
FUNCTIONS = {
    "exp": mpmath.exp,
    "cos": mpmath.cos,
    "sin": mpmath.sin,
    "cosh": mpmath.cosh,
    "tanh": mpmath.tanh,
    "erf": mpmath.erf,
    "polygamma": lambda order, x: mpmath.polygamma(int(order), x),
    "gamma": mpmath.gamma,
    "lowergamma": lambda s, x: mpmath.gammainc(s, 0, x),
    "zeta": mpmath.zeta,
    "B": mpmath.beta,
    "binomial": mpmath.binomial,
    "logit": lambda p: mpmath.log(p / (1 - p)),
}


def tree_value(node: Node, at: Mapping[str, Any]) -> Any:
    match node:
        case Number():
            return mpmath.mpf(node.text)
        case Name():
            return at[node.name] if node.name in at else CONSTANTS[node.name]
        case Negative():
            return -tree_value(node.operand, at)
        case Binary():
            return _binary(node, at)
        case Bars():
            return abs(tree_value(node.content, at))
        case Root():
            degree = 2 if node.degree is None else tree_value(node.degree, at)
            return mpmath.power(tree_value(node.radicand, at), 1 / mpmath.mpf(degree))
        case Factorial():
            return mpmath.factorial(tree_value(node.operand, at))
        case Call():
            return _call(node, at)
        case Derivative():
            name = node.variable.name
            return mpmath.diff(lambda x: tree_value(node.body, {**at, name: x}), at[name])
        case Integral():
            assert node.variable is not None
            assert node.lower is not None
            assert node.upper is not None
            name = node.variable.name
            limits = [tree_value(node.lower, at), 0, tree_value(node.upper, at)]
            return mpmath.quad(lambda x: tree_value(node.body, {**at, name: x}), limits)
    raise AssertionError(f"{type(node).__name__} has no number")


def _binary(node: Binary, at: Mapping[str, Any]) -> Any:
    left, right = tree_value(node.left, at), tree_value(node.right, at)
    match node.operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
    return mpmath.power(left, right)


def _call(node: Call, at: Mapping[str, Any]) -> Any:
    arguments = [tree_value(argument, at) for argument in node.arguments]
    if node.function == "log":
        base = mpmath.e if node.subscript is None else tree_value(node.subscript, at)
        return mpmath.log(arguments[0]) / mpmath.log(base)
    if node.function == "psi":
        return mpmath.polygamma(node.primes, arguments[0])
    if node.function == "I":
        assert node.subscript is not None
        return mpmath.besseli(tree_value(node.subscript, at), arguments[0])
    if node.primes:
        return mpmath.diff(FUNCTIONS[node.function], arguments[0], node.primes)
    return FUNCTIONS[node.function](*arguments)
