"""Whole statements: divergences, means and densities at a point are left unevaluated, as heads."""

from __future__ import annotations

from typing import Any

from klsym.divergences import divergences_by_any_name
from klsym.errors import KlsymError
from klsym.expectation import Law, Transport
from klsym.families import families_by_any_name
from klsym.meaning import binders, functions, limits
from klsym.meaning.comparisons import ENTROPIES, Comparisons, divergence_of, is_ordered
from klsym.meaning.indices import as_operator
from klsym.meaning.lowering import require_real
from klsym.meaning.means import MEANS, Means, equates
from klsym.meaning.naming import names_distribution, unknown_family
from klsym.meaning.products import no_product
from klsym.syntax import vocabulary
from klsym.syntax.tree import (
    BigOperator,
    Call,
    Evaluated,
    Integral,
    Limit,
    Mean,
    Name,
    Node,
)

TRANSPORT = "transport"
"""What a definition calls the increasing map from one distribution to another."""


class Heads(Comparisons, Means):
    """Lowers whole statements: each name and call to what it turns out to be."""

    def value(self, node: Node) -> Any:
        """The value of a whole formula, which must be real."""
        return require_real(self.scalar(node), node.span)

    def other(self, node: Node) -> Any:
        """A mean under a law, an integral or a sum; what else there is has no value."""
        if isinstance(node, Mean):
            return self.mean(node.operator, node.law, node.body, node)
        if isinstance(node, Integral):
            return binders.integral(self, node)
        if isinstance(node, BigOperator):
            return binders.total(self, node)
        if isinstance(node, Evaluated):
            return limits.value_between(self, node)
        if isinstance(node, Limit):
            return limits.limit(self, node)
        return super().other(node)

    def is_product(self, node: Call) -> bool:
        """Whether what looks like a call is a number before a bracket, and no density."""
        setting, name = self.setting, node.function
        known = name in setting.laws or name in setting.functions or name in setting.products
        if known or as_operator(node) is not None:
            return False
        event = name in vocabulary.PROBABILITIES and equates(node)
        return not event and super().is_product(node)

    def call(self, node: Call) -> Any:
        """The value of a call: of a divergence, a mean, a density or a function."""
        name = node.function
        if name in self.setting.laws:
            return self.density(self.setting.laws[name], node)
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
        if name in vocabulary.PROBABILITIES and equates(node):
            return self.probability(node)
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
                return self.divergence(divergence, node)
            if name in MEANS:
                law, body = self.mean_parts(node)
                return self.mean(name, law, body, node)
        if node.separators and node.separators[0] in (";", "|") and self._names_family(name):
            return self.at(self._single(node), self.scalar(node.arguments[0]))
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
