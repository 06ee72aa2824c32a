"""Formulas as MathML, by math-core."""

from __future__ import annotations

from functools import lru_cache
from xml.etree import ElementTree as ET

from klsym.shown import printable

LONGEST_FORMULA = 20_000
"""A longer formula is not set."""


def mathml(latex: str) -> ET.Element | None:
    """A formula of LaTeX as MathML; None where math-core cannot set it."""
    markup = _markup(latex) if len(latex) <= LONGEST_FORMULA else None
    return None if markup is None else ET.fromstring(markup)


@lru_cache(maxsize=4096)
def _markup(latex: str) -> str | None:
    from math_core import LatexError, LatexToMathML

    converter = LatexToMathML(fancy_error=False, max_expansions=0)
    try:
        markup = converter.convert_with_local_state(printable(latex), displaystyle=True)
        # XML knows no entity of this name.
        markup = str(markup).replace("&ApplyFunction;", "\u2061")
        ET.fromstring(markup)
    except (LatexError, ET.ParseError):
        return None
    return markup
