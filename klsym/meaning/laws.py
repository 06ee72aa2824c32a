"""From tree to distribution: members of families, names, and mixtures of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy

from klsym.density import Density, Joint, Mixture
from klsym.errors import KlsymError, Span
from klsym.meaning.constructions import constructed
from klsym.meaning.joints import no_joint
from klsym.meaning.lowering import require_real, undeclared
from klsym.meaning.members import Members
from klsym.meaning.mixtures import mixture
from klsym.meaning.naming import family_of, names_distribution, unknown_family
from klsym.meaning.products import is_product, no_product
from klsym.meaning.scope import UserFamily
from klsym.syntax.tree import Binary, Call, Name, Negative, Node


class Laws(Members):
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
        return self.member(family, node)

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
        return self.setting.named(self.joint_member(family, node), position)

    def is_joint(self, node: Node) -> bool:
        """Whether a tree is a joint distribution."""
        name = _name(node) if isinstance(node, (Name, Call)) else ""
        family = family_of(name) if isinstance(node, Call) else None
        return name in self.setting.joints or (family is not None and family.second is not None)

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


def _name(node: Name | Call) -> str:
    return node.name if isinstance(node, Name) else node.function
