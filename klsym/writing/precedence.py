"""Pieces of Python code with how tightly each is bound, and what is made of them by operators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SUM, PRODUCT, POWER, ATOM = range(4)
"""How tightly a piece of code is bound."""

Code = tuple[str, int]
"""A piece of code, and how tightly it is bound."""

EXACT = 1 << 53
"""A larger integer is written as a float, for NumPy has no integers of any size."""


def summed(terms: Sequence[Code]) -> Code:
    """The sum of pieces of code; a piece that begins with a minus sign is subtracted."""
    pieces = [piece for piece, _ in terms]
    first = next((piece for piece in pieces if not piece.startswith("-")), pieces[0])
    pieces.remove(first)
    text = first
    for piece in pieces:
        text += f" - {piece[1:]}" if piece.startswith("-") else f" + {piece}"
    return text, SUM if len(terms) > 1 else terms[0][1]


def within(piece: Code, least: int) -> str:
    """A piece as part of one that binds its parts at least so tightly."""
    text, bound = piece
    return f"({text})" if bound < least or (text.startswith("-") and least > SUM) else text


def times(factor: Code, text: str) -> Code:
    """A rational number times a piece of code that is a product already."""
    digits = factor[0]
    if digits in ("1", "-1"):
        return f"{digits[:-1]}{text}", PRODUCT
    return f"{digits}*{text}", PRODUCT


def number(value: Any) -> Code:
    """A rational number."""
    parts = [
        str(int(n)) if abs(n) <= EXACT else repr(float(n)) for n in (value.p, value.q) if n != 1
    ]
    if value.q == 1:
        return parts[0] if parts else "1", ATOM
    return (f"{parts[0]}/{parts[1]}" if len(parts) > 1 else f"1/{parts[0]}"), PRODUCT
