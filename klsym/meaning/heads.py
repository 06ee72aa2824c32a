"""Divergences, entropies, means and densities at a point: what is left unevaluated, as heads."""

from __future__ import annotations

from typing import Any

import sympy

from klsym.density import Density, Joint, Margins, Mixture
from klsym.divergence import Divergence, Option
from klsym.divergences import divergences_by_any_name
from klsym.errors import KlsymError
from klsym.expectation import DensityAt, DivergenceValue, Expectation, Law, Transport
from klsym.families import families_by_any_name
from klsym.meaning import binders, functions, limits
from klsym.meaning.indices import as_operator
from klsym.meaning.laws import Laws
from klsym.meaning.lowering import Scalars, require_real
from klsym.meaning.naming import names_distribution, unknown_family
from klsym.meaning.pieces import parsed, relations
from klsym.meaning.products import beside, is_product, no_product, require_additive
from klsym.meaning.setting import Setting
from klsym.syntax import vocabulary
from klsym.syntax.tree import (
    BigOperator,
    Call,
    Chain,
    Evaluated,
    Integral,
    Limit,
    Mean,
    Name,
    Node,
)
from klsym.syntax.walk import walk

ENTROPIES = frozenset({"H", "h"})
"""``H(p)`` is the entropy of p, ``H(p, q)`` the cross-entropy."""
MEANS = frozenset({"E", "Var"})
_TRIED = tuple(sympy.Rational(n, d) for n, d in ((1, 2), (2, 1), (1, 10), (10, 1)))
"""Where a generator is tried for convexity."""
MARGINS = "margins"
"""What a definition calls the product of the margins of a joint distribution."""
TRANSPORT = "transport"
"""What a definition calls the increasing map from one distribution to another."""


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


class Heads(Laws):
    """Lowers whole statements.

    With ``abstract`` a density at a point stays the bare symbol ``p(x)``, as a definition is
    printed; otherwise it is the density's expression.
    """

    def __init__(self, setting: Setting, *, abstract: bool = False) -> None:
        super().__init__(setting)
        self.abstract = abstract
        self.under: Density | Mixture | None = None

    def value(self, node: Node) -> Any:
        """The value of a whole formula, which must be real."""
        return require_real(self.scalar(node), node.span)

    def other(self, node: Node) -> Any:
        """A mean under a law, an integral or a sum; what else there is has no value."""
        if isinstance(node, Mean):
            return self._mean(node.operator, node.law, node.body, node)
        if isinstance(node, Integral):
            return binders.integral(self, node)
        if isinstance(node, BigOperator):
            return binders.total(self, node)
        if isinstance(node, Evaluated):
            return limits.value_between(self, node)
        if isinstance(node, Limit):
            return limits.limit(self, node)
        return super().other(node)

    def abstracted(self, node: Node) -> Any:
        """The value of a tree in which densities at a point stay bare symbols."""
        before, self.abstract = self.abstract, True
        try:
            return self.scalar(node)
        finally:
            self.abstract = before

    def is_product(self, node: Call) -> bool:
        """Whether what looks like a call is a number before a bracket, and no density."""
        setting, name = self.setting, node.function
        known = name in setting.laws or name in setting.functions or name in setting.products
        if known or as_operator(node) is not None:
            return False
        event = name in vocabulary.PROBABILITIES and _equates(node)
        return not event and super().is_product(node)

    def call(self, node: Call) -> Any:
        """The value of a call: of a divergence, a mean, a density or a function."""
        name = node.function
        if name in self.setting.laws:
            return self._density(self.setting.laws[name], node)
        if name in self.setting.functions and len(node.arguments) == 1:
            return self.setting.functions[name](self.scalar(node.arguments[0]))
        if name == TRANSPORT and len(node.arguments) == 3:
            laws = (Law(self.law(law)) for law in node.arguments[:2])
            return Transport(*laws, self.scalar(node.arguments[2]))
        if name in self.setting.products:
            raise no_product(name, node.span)
        operator = as_operator(node)
        if operator is not None:
            return binders.total(self, operator)
        if name in vocabulary.PROBABILITIES and _equates(node):
            return self._probability(node)
        scalar = name in self.names or name in self.bound
        if not scalar:
            divergence = None if is_ordered(node) else divergence_of(name, len(node.arguments))
            if divergence is not None:
                if name in ENTROPIES and "||" in node.separators:
                    raise KlsymError(
                        "ambiguous-notation",
                        f"{name} with a double bar is the divergence or the cross-entropy",
                        span=node.span,
                        help="write KL(p || q) or H(p, q)",
                    )
                return self._divergence(divergence, node)
            if name in MEANS:
                law, body = self._mean_parts(node)
                return self._mean(name, law, body, node)
        if node.separators and node.separators[0] in (";", "|") and self._names_family(name):
            return self._at(self._single(node), self.scalar(node.arguments[0]))
        if not scalar and (node.keywords or not functions.is_function(name)):
            if self._names_family(name):
                raise KlsymError(
                    "number-expected",
                    f"{name} is a distribution, and a number is expected here",
                    span=node.span,
                    help="such as KL(p || q), H(p) or E(p, x)",
                )
            if name[:1].isupper() and node.subscript is None:
                if node.keywords:
                    raise unknown_family(node)
                others = (*divergences_by_any_name(), *families_by_any_name())
                raise functions.unknown(name, node.span, others)
        return super().call(node)

    def name(self, node: Name) -> Any:
        """The symbol of a name; a distribution is no number."""
        if node.name in self.setting.products and node.name not in self.bound:
            raise no_product(node.name, node.span)
        law = node.name in self.setting.laws or node.name in self.setting.joints
        if law and node.name not in self.names and node.name not in self.bound:
            raise KlsymError(
                "number-expected",
                f"{node.name} is a distribution, and a number is expected here",
                span=node.span,
                help=f"such as KL({node.name} || q), H({node.name}) or E({node.name}, x)",
            )
        return super().name(node)

    def _names_family(self, name: str) -> bool:
        return name in self.setting.families or names_distribution(name)

    def _divergence(self, divergence: Divergence, node: Call) -> Any:
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

    def _mean_parts(self, node: Call) -> tuple[Node | None, Node]:
        if len(node.arguments) == 2 and not node.keywords:
            return node.arguments[0], node.arguments[1]
        if len(node.arguments) == 1 and not node.keywords:
            return None, node.arguments[0]
        raise KlsymError(
            "arguments",
            f"{node.function} takes a distribution and what its mean is taken of",
            span=node.span,
            help=f"{node.function}(p, x**2)",
        )

    def _mean(self, operator: str, law: Node | None, body: Node, node: Node) -> Any:
        variable = binders.random_variable(body, self.setting.laws)
        if variable is not None and (law is None or _names(law, variable)):
            density, letter = self.setting.laws[variable], variable
        else:
            density, letter = self._under(law, body, node)
        outer, self.under = self.under, density
        with self.binding({letter: density.variate}):
            integrand = self.scalar(body)
        self.under = outer
        value = Law(density)
        if operator == "Var":
            square = Expectation(value, integrand**2)
            return square - Expectation(value, integrand) ** 2
        return Expectation(value, integrand)

    def _under(self, law: Node | None, body: Node, node: Node) -> tuple[Density | Mixture, str]:
        """The law of a mean, and the letter its variate goes by in it."""
        if law is None:
            name, density = next(iter(self.setting.laws.items()), ("", None))
            letter = "" if density is None else self.setting.letters.get(name, density.variate.name)
            if density is None or len(self.setting.laws) != 1 or not _mentions(body, letter):
                raise KlsymError(
                    "arguments",
                    "this mean does not say under which distribution",
                    span=node.span,
                    help="write E(p, x**2)",
                )
            self.setting.note(f"a mean without a distribution is read as one under {name}")
            return density, letter
        letter = None
        if isinstance(law, Chain) and len(law.terms) == 2 and law.relations[0].sign == "~":
            point, law = law.terms
            letter = point.name if isinstance(point, Name) else None
        if isinstance(law, Call) and law.function in self.setting.laws and law.arguments:
            point = law.arguments[0]
            letter = point.name if isinstance(point, Name) else None
        density = self.law(law)
        if letter is None:
            name = law.name if isinstance(law, Name) else ""
            letter = self.setting.letters.get(name, "x")
            if letter in self.names and name not in self.setting.letters:
                raise KlsymError(
                    "ambiguous-name",
                    f"{letter} is both a parameter and the variate here",
                    span=node.span,
                    help="give the parameter another letter",
                )
        return density, letter

    def _probability(self, node: Call) -> Any:
        """``P(X = k)``: the probability function of a discrete X at k."""
        (event,) = node.arguments
        assert isinstance(event, Chain)
        variable, point = event.terms
        density = self.setting.laws.get(variable.name) if isinstance(variable, Name) else None
        if density is None or not density.support.discrete:
            raise self.unsupported("this probability", node)
        return self._at(density, self.scalar(point))

    def _density(self, density: Density | Mixture, node: Call) -> Any:
        if node.primes:
            raise self.unsupported("the derivative of a density", node)
        if len(node.arguments) != 1 or node.keywords or node.subscript is not None:
            raise KlsymError(
                "arguments",
                f"{node.function} is a density of one argument",
                span=node.span,
                help=f"{node.function}({density.variate})",
            )
        return self._at(density, self.scalar(node.arguments[0]))

    def _at(self, density: Density | Mixture, point: Any) -> Any:
        """A density at a point; in a mean it stays a letter where its expression may not hold."""
        if self.abstract or (self.under is not None and not self._covers(density, self.under)):
            return DensityAt(Law(density), point)
        return density.at(point)

    def _covers(self, density: Density | Mixture, under: Density | Mixture) -> bool:
        """Whether a density is given by its expression wherever another is positive."""
        ours, theirs = density.support, under.support
        ends = ((ours.lower, theirs.lower), (theirs.upper, ours.upper))
        return ours == theirs or all(
            small == large or self.setting.context.holds(small <= large) for small, large in ends
        )


def _equates(node: Call) -> bool:
    """Whether the argument of a call is an equation, as in ``P(X = k)``."""
    return (
        len(node.arguments) == 1
        and isinstance(node.arguments[0], Chain)
        and [relation.sign for relation in node.arguments[0].relations] == ["="]
        and len(node.arguments[0].terms) == 2
    )


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


def _names(law: Node, name: str) -> bool:
    return isinstance(law, Name) and law.name == name


def _mentions(tree: Node, letter: str) -> bool:
    """Whether a letter stands in a tree, as it does in what depends on it."""
    return any(isinstance(node, Name) and node.name == letter for node in walk(tree))
