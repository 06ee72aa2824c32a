"""A number before a bracket, which looks like a call: ``a(b + c)``, ``a^2(b + c)``.

Only who knows what the name stands for can tell; the product is then made here.
"""

from __future__ import annotations

from dataclasses import replace

from klsym.syntax.tree import Binary, Call, Name


def product_of(call: Call) -> Binary:
    """``f(x)`` as the product of a number f and a bracket."""
    name = Name(call.span, call.function)
    return Binary(call.span, "*", name, call.arguments[0], implicit=True)


def raised(power: Binary) -> Binary | None:
    """A power of what `product_of` made: of the number or of the bracket, whichever it stands at.

    ``f^2(x)`` is ``f^2 x``, and ``f(x)^2`` is ``f x^2``.
    """
    product = power.left
    if power.operator != "^" or not isinstance(product, Binary) or not product.implicit:
        return None
    name, inside = product.left, product.right
    if product.operator != "*" or name.span != product.span:
        return None
    if power.right.span.start < inside.span.start:
        return replace(product, left=replace(power, left=name))
    return replace(product, right=replace(power, left=inside))
