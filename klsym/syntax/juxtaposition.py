"""A number before a bracket, which looks like a call: ``a(b + c)``, ``a^2(b + c)``.

Only who knows what the name stands for can tell; the product is then made here.
"""

from __future__ import annotations

from dataclasses import replace

from klsym.syntax.tree import Binary, Call, Factorial, Name


def product_of(call: Call) -> Binary:
    """``f(x)`` as the product of a number f and a bracket."""
    name = Name(call.span, call.function)
    return Binary(call.span, "*", name, call.arguments[0], implicit=True)


def raised(node: Binary | Factorial) -> Binary | None:
    """A power or a factorial of what `product_of` made, of the part of it that it stands at.

    ``f^2(x)`` is ``f^2 x``, ``f(x)^2`` is ``f x^2``, and ``f(x)!`` is ``f x!``.  None of what is
    no such product.
    """
    product = node.operand if isinstance(node, Factorial) else node.left
    if not isinstance(product, Binary) or not product.implicit or product.operator != "*":
        return None
    number, inside = product.left, product.right
    if number.span != product.span:
        return None
    if isinstance(node, Factorial):
        return replace(product, right=replace(node, operand=inside))
    if node.operator != "^":
        return None
    if node.right.span.start < inside.span.start:
        return replace(product, left=replace(node, left=number, span=product.span))
    return replace(product, right=replace(node, left=inside))
