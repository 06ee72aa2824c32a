"""Members of families: a family with the arguments it is called with, as a density."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy

from klsym.density import Density, Family, Joint, Support
from klsym.errors import KlsymError, Span
from klsym.meaning.indexing import IndexedScalars
from klsym.meaning.joints import joint_density
from klsym.meaning.lowering import Scalars
from klsym.meaning.naming import VARIANCE_LETTERS
from klsym.meaning.parameters import Argument, bind, check, label, roles, signature, uses
from klsym.meaning.pieces import inner_support, parsed, relations
from klsym.meaning.setting import variate
from klsym.meaning.templates import fits, template
from klsym.syntax.tree import Call, Chain


class Members(IndexedScalars):
    """Lowers calls of families too."""

    def member(self, family: Family, node: Call) -> Density:
        """The distribution that a call of a family stands for."""
        positional = list(node.arguments)
        keywords = [(k, self.scalar(v), v.span) for k, v in node.keywords]
        if stands_at_point(node):
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

    def joint_member(self, family: Family, node: Call) -> Joint:
        """The joint distribution that a call of a family of two variates stands for."""
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
        support, symbol, expression = self._filled(family, parameters)
        return Density(
            symbol,
            support,
            expression,
            label(family, arguments),
            constraints=constraints,
            family=family.name,
            arguments=parameters,
        )

    def _filled(self, family: Family, parameters: Mapping[str, Any]) -> tuple[Support, Any, Any]:
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


def stands_at_point(node: Call) -> bool:
    """Whether the first argument is a point, as in ``N(z; mu, sigma**2)``."""
    return bool(node.separators) and node.separators[0] in (";", "|")
