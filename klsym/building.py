"""Statements built in Python: ``KL(Normal("mu", "sigma"), Normal(0, 1))``.

Each family and divergence is a name of this package that writes the statement as text; the text
is then read as if it had been typed, so both ways mean the same.

>>> from klsym import KL, Normal
>>> str(KL(Normal("mu", "sigma"), Normal(0, 1)))
'KL(Normal(mu, sigma) || Normal(0, 1))'
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

TIGHT, LOOSE = 2, 1
"""How tightly a written term binds: a call or a product, and a sum."""


@dataclass(frozen=True, slots=True)
class Written:
    """A statement, or a part of one, as text; sums and products of them are written too."""

    text: str
    binding: int = TIGHT

    def __str__(self) -> str:
        return self.text

    def _repr_latex_(self) -> str | None:
        """The statement and its densities, for a notebook; None for what cannot be read alone."""
        from klsym.deriving import request_of
        from klsym.errors import KlsymError
        from klsym.expectation import Law
        from klsym.writing.latex import latex

        for text in (self.text, f"H({self.text})"):
            try:
                statement = request_of(text, (), (), (), False).statement
            except KlsymError:
                continue
            shown = [latex(statement)] if text == self.text else []
            for law in sorted(statement.atoms(Law), key=str):
                density = law.density
                if hasattr(density, "expression"):
                    head = f"{latex(law)}({latex(density.variate)})"
                    shown.append(f"{head} = {latex(density.expression)}")
            return "$" + r",\quad ".join(shown) + "$"
        return None

    def __add__(self, other: object) -> Written:
        return Written(f"{self} + {_text(other)}", LOOSE)

    def __radd__(self, other: object) -> Written:
        return Written(f"{_text(other)} + {self}", LOOSE)

    def __sub__(self, other: object) -> Written:
        return Written(f"{self} - {_grouped(other)}", LOOSE)

    def __rsub__(self, other: object) -> Written:
        return Written(f"{_text(other)} - {_grouped(self)}", LOOSE)

    def __mul__(self, other: object) -> Written:
        return Written(f"{_grouped(self)}*{_grouped(other)}")

    def __rmul__(self, other: object) -> Written:
        return Written(f"{_grouped(other)}*{_grouped(self)}")

    def __truediv__(self, other: object) -> Written:
        return Written(f"{_grouped(self)}/({_text(other)})")

    def __neg__(self) -> Written:
        return Written(f"-{_grouped(self)}", LOOSE)


def writer(name: str, *, divergence: bool = False) -> Callable[..., Written]:
    """The function that writes ``name(arguments)``; KL is written with ``||``."""

    def write(*arguments: object, **options: object) -> Written:
        separator = " || " if divergence and name == "KL" else ", "
        parts = [separator.join(map(_text, arguments))] if arguments else []
        parts += [f"{key}={_text(value)}" for key, value in options.items()]
        return Written(f"{name}({', '.join(parts)})")

    write.__name__ = write.__qualname__ = name
    write.__doc__ = f"Write ``{name}(...)``; see ``klsym explain {name}``."
    return write


def _text(value: object) -> str:
    return str(value)


def _grouped(value: object) -> str:
    loose = value.binding == LOOSE if isinstance(value, Written) else not _text(value).isalnum()
    return f"({value})" if loose else _text(value)
