"""Divergences and entropies: which one a name means, what it compares, and with which options."""

from __future__ import annotations

from typing import Any

import sympy

from klsym.density import Joint, Margins
from klsym.divergence import Divergence, Option
from klsym.divergences import divergences_by_any_name
from klsym.errors import KlsymError
from klsym.expectation import DivergenceValue, Law
from klsym.meaning import functions
from klsym.meaning.laws import Laws
from klsym.meaning.lowering import Scalars
from klsym.meaning.pieces import parsed, relations
from klsym.meaning.products import beside, is_product, require_additive
from klsym.syntax.tree import Call, Chain, Name, Node

ENTROPIES = frozenset({"H", "h"})
"""``H(p)`` is the entropy of p, ``H(p, q)`` the cross-entropy."""
_TRIED = tuple(sympy.Rational(n, d) for n, d in ((1, 2), (2, 1), (1, 10), (10, 1)))
"""Where a generator is tried for convexity."""
MARGINS = "margins"
"""What a definition calls the product of the margins of a joint distribution."""


def divergence_of(name: str, arity: int) -> Divergence | None:
    """The divergence of that name or alias; ``H`` goes by the number of its arguments.

    A digit in a name is read as its subscript, so an underscore makes no difference.
    """
    table = divergences_by_any_name()
    if name in ENTROPIES:
        return table.get("Entropy" if arity == 1 else "CrossEntropy")
    return table.get(name) or table.get(name.replace("_", ""))


def is_ordered(node: Call) -> bool:
    """Whether a letter is a function of an order, ``I_0(x)``, rather than an information."""
    return node.subscript is not None and node.function in functions.BESSEL


class Comparisons(Laws):
    """Lowers divergences too, as heads over the distributions they compare."""

    def divergence(self, divergence: Divergence, node: Call) -> Any:
        """The value of a call of a divergence, unevaluated."""
        if len(node.arguments) != divergence.arity:
            plural = "" if divergence.arity == 1 else "s"
            raise KlsymError(
                "arguments",
                f"{node.function} takes {divergence.arity} distribution{plural}, "
                f"got {len(node.arguments)}",
                span=node.span,
                help=form(divergence),
            )
        laws = self._compared(divergence, node)
        return DivergenceValue.of(divergence.name, laws, self._options(divergence, node))

    def _compared(self, divergence: Divergence, node: Call) -> tuple[Law, ...]:
        if any(is_product(argument, self.setting.products) for argument in node.arguments):
            require_additive(divergence, node.span)
            return tuple(map(Law, beside(self, node.arguments)))
        if divergence.joint or any(map(self.is_joint, node.arguments)):
            return self._joints(divergence, node)
        return tuple(Law(self.law(a, i)) for i, a in enumerate(node.arguments))

    def _joints(self, divergence: Divergence, node: Call) -> tuple[Law, ...]:
        """The joint distributions a divergence compares; ``margins(p)`` makes one independent."""
        found: list[Joint | Margins] = []
        for i, argument in enumerate(node.arguments):
            if isinstance(argument, Call) and argument.function == MARGINS and argument.arguments:
                found.append(Margins(self.joint(argument.arguments[0], i)))
            else:
                found.append(self.joint(argument, i))
        if not (divergence.joint or divergence.chained or divergence.name == "Jeffreys"):
            raise KlsymError(
                "unsupported",
                f"{divergence.name} is not taken of joint distributions",
                span=node.span,
                help="MutualInformation, KL, Jeffreys, H(p) and H(p, q) are",
            )
        return tuple(map(Law, found))

    def _options(self, divergence: Divergence, node: Call) -> dict[str, Any]:
        known = {option.name: option for option in divergence.options}
        values: dict[str, Any] = {}
        for key, tree in node.keywords:
            if key not in known:
                raise KlsymError(
                    "arguments",
                    f"{node.function} has no option {key}",
                    span=tree.span,
                    help=form(divergence),
                )
            if known[key].flag:
                if self._flag(key, tree):
                    values[key] = sympy.true
                continue
            if known[key].variable:
                values[key] = self._function(known[key], tree)
                continue
            values[key] = self.scalar(tree)
            if values[key].has(sympy.oo, sympy.zoo, sympy.nan):
                raise KlsymError(
                    "parameter-domain",
                    f"{key} is {values[key]}, and must be finite",
                    span=tree.span,
                    help=form(divergence),
                )
            if known[key].condition:
                self._condition(divergence, known[key], values[key], tree)
        instead = {o.name for o in divergence.options if not o.flag} & divergence.variants.keys()
        for option in divergence.options:
            if option.required and option.name not in values and not instead & values.keys():
                raise KlsymError(
                    "arguments",
                    f"{node.function} needs the option {option.name}",
                    span=node.span,
                    help=form(divergence),
                )
        return values

    def _function(self, option: Option, tree: Node) -> Any:
        """A formula over the option's variable, which is positive, as a function."""
        variable = sympy.Symbol(option.variable, positive=True)
        with self.binding({option.variable: variable}):
            function = sympy.Lambda(variable, self.scalar(tree))
        if option.convex:
            self._convex(option, function, tree)
        return function

    def _convex(self, option: Option, function: Any, tree: Node) -> None:
        """A function that is certainly not 0 at 1, or concave, generates no divergence."""
        context, (t,) = self.setting.context, function.variables
        wrong = ""
        if context.sign(function(1)) in (1, -1):
            wrong = f"is {function(1)} at {t} = 1, and must be 0 there"
        else:
            bend = sympy.factor(sympy.diff(function.expr, t, 2))
            concave = context.sign(bend) == -1
            bent = next((at for at in _TRIED if context.sign(bend.subs(t, at)) == -1), None)
            if concave:
                wrong = f"is concave, and must be convex for {t} > 0"
            elif bent is not None:
                wrong = f"is not convex at {t} = {bent}, and must be for {t} > 0"
        if wrong:
            raise KlsymError(
                option.name,
                f"the {option.name} {wrong}",
                span=tree.span,
                help=f"such as {option.name}={t}*log({t})",
            )

    def _flag(self, key: str, tree: Node) -> bool:
        value = tree.name if isinstance(tree, Name) else None
        if value not in ("True", "False", "true", "false"):
            raise KlsymError(
                "arguments", f"{key} is True or False", span=tree.span, help=f"{key}=True"
            )
        return value in ("True", "true")

    def _condition(self, divergence: Divergence, option: Option, value: Any, tree: Node) -> None:
        """An option's condition is assumed unless it is known; ``!=`` is left to the limit."""
        message = f"{option.name} is {value}, and needs {option.condition}"
        for chain in conditions(option.condition, option.name):
            for relation in relations(Scalars({option.name: value}), chain):
                if relation == sympy.false and not _unequal(chain):
                    raise KlsymError(
                        "parameter-domain", message, span=tree.span, help=form(divergence)
                    )
                if relation != sympy.false:
                    self.setting.require(relation, message, tree.span, form(divergence))


def form(divergence: Divergence) -> str:
    """How a divergence is called; a flag that is a route to the same value is left out."""
    laws = ["p", "q", "r"][: divergence.arity]
    options = [
        f"{o.name}={'True' if o.flag else '...'}"
        for o in divergence.options
        if o.name != "entropies"
    ]
    return f"{divergence.name}({', '.join(laws + options)})"


def conditions(text: str, name: str) -> list[Chain]:
    """The relations of an option's condition, ``order > 0 and order != 1``."""
    trees = [
        parsed(part.strip(), frozenset({name})) for part in text.replace(" and ", ",").split(",")
    ]
    return [tree for tree in trees if isinstance(tree, Chain)]


def _unequal(chain: Chain) -> bool:
    return any(relation.sign == "!=" for relation in chain.relations)
