"""The syntax tree: what was written, each node with its span in the text.

A tree says how a formula is built, not what it means: ``p(x)`` is a call whether ``p`` turns out
to be a density or a function, and ``N`` a name until :mod:`klsym.meaning` knows better.  Names are
canonical: ``mu_1``, ``mu1``, ``\\mu_1`` and ``μ₁`` are all ``mu_1``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from klsym.errors import Span


@dataclass(frozen=True, slots=True)
class Node:
    """Any part of a formula."""

    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A numeral as written, ``12`` or ``0.5``; its value is exact."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A letter or word with its scripts and accents: ``sigma_1``, ``hat_x``, ``mu'``.

    ``style`` is ``""``, ``"bold"``, ``"calligraphic"``, ``"blackboard"`` or ``"upright"``.
    ``subscript`` keeps the tree of a subscript that is not a plain letter or number, and of one
    that is an index, so that a bound index can be found in it.
    """

    name: str
    style: str = ""
    subscript: Node | None = None


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """``-operand``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """``left operator right`` with operator one of ``+ - * / ^``.

    ``implicit`` marks a product written by juxtaposition.
    """

    operator: str
    left: Node
    right: Node
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function applied to arguments: ``log(x)``, ``\\psi'(x)``, ``Normal(mu, variance=v)``.

    ``separators`` holds what stands between the arguments (``,`` ``;`` ``|`` or ``||``), one fewer
    than the arguments.  Every printed form of the divergence sign, ``D_{KL}``, ``\\mathrm{KL}``,
    ``KL``, is the function ``KL``.  ``subscript`` is the base of a log, the order of a Bessel
    function, or None; ``primes`` counts derivatives (``\\psi^{(2)}`` is 2).
    """

    function: str
    arguments: tuple[Node, ...]
    keywords: tuple[tuple[str, Node], ...] = ()
    separators: tuple[str, ...] = ()
    subscript: Node | None = None
    primes: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True)
class Bars(Node):
    """``|content|``, or ``||content||`` when double."""

    content: Node
    double: bool = False


@dataclass(frozen=True, slots=True)
class Root(Node):
    """``\\sqrt[degree]{radicand}``; degree None is 2."""

    radicand: Node
    degree: Node | None = None


@dataclass(frozen=True, slots=True)
class Factorial(Node):
    """``operand!``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Integral(Node):
    """``\\int_lower^upper body d(variable)``; limits None where none are printed.

    ``variable`` is None when the differential is missing.
    """

    variable: Name | None
    lower: Node | None
    upper: Node | None
    body: Node


@dataclass(frozen=True, slots=True)
class BigOperator(Node):
    """``\\sum`` or ``\\prod`` over an index; ``domain`` is the set after ``\\in``, if any."""

    operator: str
    index: Name | None
    lower: Node | None
    upper: Node | None
    domain: Node | None
    body: Node


@dataclass(frozen=True, slots=True)
class Mean(Node):
    """``\\mathbb{E}_{law}[body]``, ``\\langle body \\rangle_{law}``; operator ``E`` or ``Var``."""

    operator: str
    law: Node | None
    body: Node


@dataclass(frozen=True, slots=True)
class Derivative(Node):
    """``\\frac{\\partial^order}{\\partial variable^order} body``."""

    variable: Name
    order: int
    body: Node


@dataclass(frozen=True, slots=True)
class Evaluated(Node):
    """``\\left. body \\right|_lower^upper``: the difference, or the value where ``upper`` is None.

    ``variable`` is None where the points do not name it.
    """

    variable: Name | None
    lower: Node
    upper: Node | None
    body: Node


@dataclass(frozen=True, slots=True)
class Limit(Node):
    """``\\lim_{variable \\to point} body``; ``side`` is ``"+"``, ``"-"`` or ``""`` for both."""

    variable: Name
    point: Node
    side: str
    body: Node


@dataclass(frozen=True, slots=True)
class Items(Node):
    """Several things between brackets or braces: ``(a, b)``, ``{0..n}`` has dots set."""

    items: tuple[Node, ...]
    opening: str
    closing: str
    dots: bool = False


@dataclass(frozen=True, slots=True)
class Cases(Node):
    """``\\begin{cases}``: values with their conditions, None for otherwise."""

    rows: tuple[tuple[Node, Node | None], ...]


@dataclass(frozen=True, slots=True)
class Given(Node):
    """``left | right``: a density given its condition."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Matrix(Node):
    """A matrix written out by rows; ``delimiter`` is ``""``, ``(``, ``[``, ``|``."""

    rows: tuple[tuple[Node, ...], ...]
    delimiter: str


@dataclass(frozen=True, slots=True)
class Text(Node):
    """Words inside mathematics, ``\\text{for any}``."""

    text: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation sign between two terms of a chain, with the reason printed over it."""

    span: Span = field(compare=False)
    sign: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """``first = second = third``: terms joined by relations.

    Signs are ``=``, ``<``, ``<=``, ``>``, ``>=``, ``!=``, ``~`` (distributed as), ``:=`` (defined
    as), ``approx``, ``propto``, ``in``.  A chain that begins with a relation (a row that continues
    the one above) has one relation more than usual, the first one before its first term.
    """

    terms: tuple[Node, ...]
    relations: tuple[Relation, ...]
