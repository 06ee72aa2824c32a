r"""Products of independent distributions, ``\prod_{j=1}^J N(\mu_j, \sigma_j^2)``.

Beside a product ``N(0, I)`` is the product of standard normal distributions over the same index,
and ``N(0, \sigma^2 I)`` that of normal ones with the variance ``\sigma^2``.  A divergence that adds
over independent components is taken of products; another one is refused.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from klsym.density import Density, Mixture, Product
from klsym.divergence import Divergence
from klsym.errors import KlsymError, Span
from klsym.families import families_by_any_name
from klsym.meaning.indices import as_operator
from klsym.syntax.tree import BigOperator, Binary, Call, Name, Node, Number

if TYPE_CHECKING:
    from klsym.meaning.laws import Laws

IDENTITY = "I"
"""The letter of the identity matrix, whatever its font and its subscript."""


def product_operator(node: Node) -> BigOperator | None:
    """The product over an index that a tree is."""
    operator = as_operator(node)
    return operator if operator is not None and operator.operator == "prod" else None


def is_product(node: Node, products: Collection[str]) -> bool:
    """Whether a tree is a product of distributions, or the name of one."""
    return _name(node) in products or product_operator(node) is not None


def _name(node: Node) -> str:
    """What a distribution goes by, ``q`` or ``q(z)``."""
    if isinstance(node, Call):
        return node.function
    return node.name if isinstance(node, Name) else ""


def isotropic(node: Node) -> Call | None:
    """One component of ``N(0, I)`` or of ``N(0, sigma**2 I)``; None if a tree is neither."""
    if not isinstance(node, Call) or len(node.arguments) != 2 or node.keywords:
        return None
    family = families_by_any_name().get(node.function)
    if node.function != "N" and (family is None or family.name != "Normal"):
        return None
    mean, spread = node.arguments
    if not isinstance(mean, Number):
        return None
    if _is_identity(spread):
        return replace(node, arguments=(mean, Number(spread.span, "1")))
    match spread:
        case Binary(operator="*", left=left, right=right) if _is_identity(right):
            return replace(node, arguments=(mean, left))
        case Binary(operator="/", left=left, right=right) if _is_identity(left):
            return replace(node, arguments=(mean, replace(spread, left=Number(left.span, "1"))))
    return None


def _is_identity(node: Node) -> bool:
    return isinstance(node, Name) and node.name.partition("_")[0] == IDENTITY


def product(laws: Laws, node: BigOperator) -> Product:
    """The distribution of independent components that a product stands for."""
    if node.index is None or node.domain is not None:
        raise KlsymError(
            "index",
            "this product does not say over what",
            span=node.span,
            help=r"such as prod_j Normal(mu_j, sigma_j), or \prod_{j=1}^{J}",
        )
    lower, upper = laws.range_of(node)
    if laws.active:
        raise laws.unsupported("a product within a sum", node)
    if product_operator(node.body) is not None:
        raise laws.unsupported("a product within a product", node.body)
    with laws.over(node.index.name) as index:
        component = laws.component(node.body)
    return _made(component, index, lower, upper)


def _made(component: Density | Mixture, index: Any, lower: Any, upper: Any) -> Product:
    label = f"prod({component.label}, {index}, {lower}, {upper})"
    return Product(component, index, lower, upper, label)


def beside(laws: Laws, nodes: tuple[Node, ...]) -> list[Product]:
    """The products that a divergence compares, over one index.

    Raises KlsymError where one of them is no product, or runs over another range.
    """
    known = [_known(laws, node) for node in nodes]
    first = next(p for p in known if p is not None)
    found: list[Product] = []
    for position, (node, given) in enumerate(zip(nodes, known, strict=True)):
        one = given if given is not None else _isotropic_product(laws, node, first)
        if (one.lower, one.upper) != (first.lower, first.upper):
            raise KlsymError(
                "components",
                f"one product runs from {first.lower} to {first.upper}, "
                f"the other from {one.lower} to {one.upper}",
                span=node.span,
                help="products are compared component by component",
            )
        named = _name(node) in laws.setting.products
        found.append(one if named else laws.setting.named(one, position))
    return found


def _known(laws: Laws, node: Node) -> Product | None:
    operator = product_operator(node)
    if operator is not None:
        return product(laws, operator)
    return laws.setting.products.get(_name(node))


def _isotropic_product(laws: Laws, node: Node, first: Product) -> Product:
    one = isotropic(node)
    if one is None:
        raise KlsymError(
            "components",
            "this is one distribution, and the other a product of several",
            span=node.span,
            help=f"such as N(0, I), or prod_{first.index} of it",
        )
    component = laws.component(one)
    return _made(component, first.index, first.lower, first.upper)


def require_additive(divergence: Divergence, span: Span) -> None:
    """Refuse a divergence that does not add over independent components."""
    if not divergence.additive:
        raise KlsymError(
            "unsupported",
            f"{divergence.name} does not add over independent components",
            span=span,
            help="KL, Jeffreys, Renyi, H(p) and H(p, q) do",
        )


def declared_product(laws: Laws, name: str, node: Node) -> Product:
    """The product that a declaration gives a name."""
    found = _known(laws, node)
    assert found is not None
    return replace(found, name=name)


def no_product(name: str, span: Span) -> KlsymError:
    """The error where a product of distributions stands in the place of a single one."""
    return KlsymError(
        "unsupported",
        f"{name} is a product of distributions, which has no value klsym can use here",
        span=span,
        help="KL, Jeffreys, Renyi, H(p) and H(p, q) are taken of products",
    )
