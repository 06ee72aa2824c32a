"""From tree to distribution: families with their arguments, names, and mixtures of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sympy

from klsym.density import Density, Family, Joint, Mixture, Support
from klsym.errors import KlsymError, Span
from klsym.meaning.constructions import constructed
from klsym.meaning.indexing import IndexedScalars
from klsym.meaning.joints import joint_density, no_joint
from klsym.meaning.lowering import Scalars, require_real, undeclared
from klsym.meaning.mixtures import mixture
from klsym.meaning.naming import VARIANCE_LETTERS, family_of, names_distribution, unknown_family
from klsym.meaning.parameters import Argument, bind, check, label, roles, signature, uses
from klsym.meaning.pieces import inner_support, parsed, relations
from klsym.meaning.products import is_product, no_product
from klsym.meaning.scope import UserFamily
from klsym.meaning.setting import variate
from klsym.meaning.templates import fits, template
from klsym.syntax.tree import Binary, Call, Chain, Name, Negative, Node


class Laws(IndexedScalars):
    """Lowers distributions too."""

    def component(self, node: Node) -> Density | Mixture:
        """The distribution of one component of a product, without a name of its own yet."""
        parts = self._components(node)
        if len(parts) == 1 and parts[0][0] == 1:
            return parts[0][1]
        return mixture(parts, self.setting, node.span)

    def law(self, node: Node, position: int = 0) -> Density | Mixture:
        """The distribution a tree stands for, under its own name or else the next free one."""
        if isinstance(node, (Name, Call)):
            known = self.setting.laws.get(_name(node))
            if known is not None:
                return known
        if is_product(node, self.setting.products):
            raise no_product("this", node.span)
        return self.setting.named(self.component(node), position)

    def declared(self, name: str, node: Node) -> Density | Mixture:
        """The distribution a declaration gives a name; of another name it is the same one."""
        if isinstance(node, Name) and node.name in self.setting.laws:
            return self.setting.laws[node.name]
        return replace(self.component(node), name=name)

    def _components(self, node: Node) -> list[tuple[Any, Density, Span]]:
        match node:
            case Binary(operator="+"):
                return [*self._components(node.left), *self._components(node.right)]
            case Binary(operator="*") if self.is_law(node.right):
                return self._scaled(self._weight(node.left), node.right)
            case Binary(operator="*") if self.is_law(node.left):
                return self._scaled(self._weight(node.right), node.left)
            case Binary(operator="/") if self.is_law(node.left):
                return self._scaled(1 / self._weight(node.right), node.left)
            case Binary(operator="-") | Negative():
                raise KlsymError(
                    "mixture-weights",
                    "the weights of a mixture are positive",
                    span=node.span,
                    help="such as w*Normal(0, 1) + (1 - w)*Normal(1, 1)",
                )
            case Name() | Call():
                return [(w, d, node.span) for w, d in self._single(node).components]
        raise KlsymError(
            "distribution-expected",
            "expected a distribution here",
            span=node.span,
            help="such as Normal(mu, sigma), or a name declared by --let 'p = Normal(mu, sigma)'",
        )

    def _weight(self, node: Node) -> Any:
        weight = require_real(self.scalar(node), node.span)
        if weight.is_zero or weight.has(sympy.oo):
            raise KlsymError(
                "mixture-weights",
                f"{weight} is no weight",
                span=node.span,
                help="such as w*Normal(0, 1) + (1 - w)*Normal(1, 1)",
            )
        return weight

    def _scaled(self, weight: Any, node: Node) -> list[tuple[Any, Density, Span]]:
        return [(weight * w, d, span) for w, d, span in self._components(node)]

    def is_law(self, node: Node) -> bool:
        """Whether a tree is a distribution rather than a number."""
        match node:
            case Binary(operator="+" | "*" | "/"):
                return self.is_law(node.left) or self.is_law(node.right)
            case Name():
                return node.name in self.setting.laws
            case Call():
                name = node.function
                known = name in self.setting.laws or name in self.setting.families
                return known or names_distribution(name)
        return False

    def _single(self, node: Name | Call) -> Density | Mixture:
        name = _name(node)
        if name in self.setting.laws:
            return self.setting.laws[name]
        if name in self.setting.joints:
            raise no_joint(name, node.span)
        if isinstance(node, Name):
            if name in self.names or name in self.bound:
                raise KlsymError(
                    "distribution-expected",
                    f"{name} is a number, and a distribution is expected here",
                    span=node.span,
                    help=f"such as Normal(mu, sigma), or --let '{name} = Normal(mu, sigma)'",
                )
            raise undeclared([name], node.span, f"--let '{name} = Normal(mu, sigma)'")
        if name in self.setting.families:
            return self._of_user(self.setting.families[name], node)
        made = constructed(self, node)
        if made is not None:
            return made
        family = family_of(name)
        if family is None:
            raise unknown_family(node)
        if family.second is not None:
            raise no_joint(name, node.span)
        return self._of_family(family, node)

    def joint(self, node: Node, position: int = 0) -> Joint:
        """The joint distribution a tree stands for; raises KlsymError if it is none."""
        name = _name(node) if isinstance(node, (Name, Call)) else ""
        if name in self.setting.joints:
            return self.setting.joints[name]
        family = family_of(name) if isinstance(node, Call) else None
        if family is None or family.second is None or not isinstance(node, Call):
            raise KlsymError(
                "joint-expected",
                "expected a joint distribution of two variates here",
                span=node.span,
                help="such as BivariateNormal(rho=r), or --let 'p(x, y) = ... on (0, 1) x (0, 1)'",
            )
        return self.setting.named(self._joint_member(family, node), position)

    def is_joint(self, node: Node) -> bool:
        """Whether a tree is a joint distribution."""
        name = _name(node) if isinstance(node, (Name, Call)) else ""
        family = family_of(name) if isinstance(node, Call) else None
        return name in self.setting.joints or (family is not None and family.second is not None)

    def _joint_member(self, family: Family, node: Call) -> Joint:
        assert family.second is not None
        values = [(self.scalar(a), a.span) for a in node.arguments]
        keywords = [(k, self.scalar(v), v.span) for k, v in node.keywords]
        arguments = bind(family, values, keywords, node.span)
        for argument in arguments:
            check(argument, self.setting)
        parameters = self._parameters(family, arguments)
        self._constraints(family, parameters, arguments, node.span)
        letters = (family.variate, family.second[0])
        names = frozenset({*letters, *parameters})
        inner = Scalars(parameters)
        supports = [
            inner_support(inner, parsed(s, names)) for s in (family.support, family.second[1])
        ]
        shown = label(family, arguments)
        body = parsed(family.density, names)
        return joint_density(inner, self.setting, letters, supports, body, shown, family.name)

    def _of_user(self, family: UserFamily, node: Call) -> Density | Mixture:
        arguments = list(node.arguments)
        if len(arguments) == len(family.parameters) + 1 and isinstance(arguments[0], Name):
            arguments = arguments[1:]
        names = list(family.parameters)
        values = {k: self.scalar(v) for k, v in node.keywords if k in names}
        rest = [n for n in names if n not in values]
        if len(arguments) != len(rest) or len(values) != len(node.keywords):
            raise KlsymError(
                "parameters",
                f"{family.name} takes {len(names)} parameters, got "
                f"{len(arguments) + len(node.keywords)}",
                span=node.span,
                help=f"{family.name}({', '.join(names)})",
            )
        values |= dict(zip(rest, map(self.scalar, arguments), strict=True))
        try:
            with self.binding(values):
                parts = self._components(family.body)
        except KlsymError as error:
            error.span = node.span if not error.text else error.span
            raise
        if len(parts) == 1 and parts[0][0] == 1:
            return parts[0][1]
        return mixture(parts, self.setting, node.span)

    def _of_family(self, family: Family, node: Call) -> Density:
        positional = list(node.arguments)
        keywords = [(k, self.scalar(v), v.span) for k, v in node.keywords]
        if _has_point(node):
            positional = positional[1:]
        values = [(self.scalar(a), a.span) for a in positional]
        if node.function in VARIANCE_LETTERS:
            if len(values) != 2 or keywords:
                raise KlsymError(
                    "parameters",
                    f"{node.function} takes a mean and a variance",
                    span=node.span,
                    help=f"{node.function}(mu, sigma**2)",
                )
            keywords = [("variance", *values.pop())]
        return self.instantiate(family, values, keywords, node.span)

    def instantiate(
        self,
        family: Family,
        values: list[tuple[Any, Span]],
        keywords: list[tuple[str, Any, Span]],
        span: Span,
    ) -> Density:
        """The member of a family with these parameters.

        Raises KlsymError for a wrong number or name of parameters, and for one outside its
        domain; where that cannot be told it is assumed.
        """
        arguments = bind(family, values, keywords, span)
        for argument in arguments:
            check(argument, self.setting)
        parameters = self._parameters(family, arguments)
        constraints = self._constraints(family, parameters, arguments, span)
        support, symbol, expression = self._member(family, parameters)
        return Density(
            symbol,
            support,
            expression,
            label(family, arguments),
            constraints=constraints,
            family=family.name,
            arguments=parameters,
        )

    def _member(self, family: Family, parameters: Mapping[str, Any]) -> tuple[Support, Any, Any]:
        """The support, the variate and the density of the member with these parameters."""
        letter = self.setting.letter(family.variate)
        if fits(parameters):
            known = template(family)
            support = known.over(parameters)
            symbol = self._variate(letter, support)
            expression = known.at(parameters, symbol)
            if expression is not None:
                return support, symbol, expression
        names = frozenset({family.variate, *parameters})
        inner = Scalars(parameters)
        support = inner_support(inner, parsed(family.support, names))
        symbol = self._variate(letter, support)
        with inner.binding({family.variate: symbol}):
            return support, symbol, inner.scalar(parsed(family.density, names))

    def _variate(self, letter: str, support: Support) -> Any:
        context = self.setting.context
        return variate(letter, support.lower, support.upper, support.discrete, context)

    def _parameters(self, family: Family, arguments: list[Argument]) -> dict[str, Any]:
        """The parameters' values; a formula may use those of the others, and other keywords."""
        known = {a.parameter: a.value for a in arguments if a.formula is None}
        given = {a.parameter for a in arguments}
        for parameter in family.parameters:
            if parameter.name not in given:
                known[parameter.name] = Scalars({}).scalar(parsed(parameter.default, frozenset()))
        keywords = {a.keyword: a.value for a in arguments if a.keyword and a.formula is not None}
        names = roles(family).keys()
        waiting = [a for a in arguments if a.formula is not None]
        while waiting:
            ready = [a for a in waiting if uses(a) & names <= known.keys() | keywords.keys()]
            if not ready:
                raise KlsymError(
                    "parameters",
                    f"{' and '.join(a.keyword or '' for a in waiting)} do not go together",
                    span=waiting[0].span,
                    help=signature(family),
                )
            for argument in ready:
                known[argument.parameter] = self._transformed(argument, {**keywords, **known})
                if uses(argument) & names:
                    self._require_inside(family, argument, known[argument.parameter])
            waiting = [a for a in waiting if a not in ready]
        return {p.name: known[p.name] for p in family.parameters}

    def _require_inside(self, family: Family, argument: Argument, value: Any) -> None:
        """A parameter that follows from several keywords must lie in its domain too."""
        domain = next(p.domain for p in family.parameters if p.name == argument.parameter)
        check(Argument(argument.parameter, domain, value, argument.span), self.setting)

    def _transformed(self, argument: Argument, known: Mapping[str, Any]) -> Any:
        assert argument.formula is not None
        assert argument.keyword is not None
        values = {**known, argument.keyword: argument.value}
        return Scalars(values).scalar(parsed(argument.formula, frozenset(values)))

    def _constraints(
        self,
        family: Family,
        parameters: Mapping[str, Any],
        arguments: list[Argument],
        span: Span,
    ) -> tuple[Any, ...]:
        found = []
        for text in family.constraints:
            tree = parsed(text, frozenset(parameters))
            assert isinstance(tree, Chain)
            for relation in relations(Scalars(parameters), tree):
                message = f"{family.name} needs {text}"
                if relation == sympy.false:
                    raise KlsymError("parameter-domain", message, span=span, help=signature(family))
                if relation != sympy.true:
                    self.setting.require(relation, message, span, signature(family))
                    found.append(relation)
        return tuple(found)


def _name(node: Name | Call) -> str:
    return node.name if isinstance(node, Name) else node.function


def _has_point(node: Call) -> bool:
    """Whether the first argument is a point, as in ``N(z; mu, sigma**2)``."""
    return bool(node.separators) and node.separators[0] in (";", "|")
