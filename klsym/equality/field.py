"""Fractions of polynomials over named generators: what a normal form is written in.

A :class:`Ratio` is a quotient of two FLINT polynomials over Q.  Its generators are *atoms*: the
symbols, and every irrational part that the rules of :mod:`klsym.equality.atoms` leave standing
(``log 2``, ``log(1 + a)``, ``loggamma(a)``, ``exp(x*y)``, ...).  Two ways to tie an atom to others:

* a *root*: an atom whose ``k``-th root is needed is held as the ``k``-th power of one generator;
* a *relation* ``g**k = f``, for square roots of numbers and polynomials and for sine and cosine.

Both the number of generators and the roots needed are found out on the way: `Restart` says that
one of them was too small, and the work begins again with the :class:`Shape` widened.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from math import comb, lcm
from typing import Any, NamedTuple

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

MOST_GENERATORS = 256
MOST_TERMS = 4000
MOST_PRODUCTS = 500_000
"""A product of two polynomials takes at most so many products of terms."""
MOST_FACTORED = 1000
"""A polynomial of more terms is not factored."""
LARGEST_ROOT = 60


class Outside(Exception):
    """The expression has a part that the normal form does not cover; the message says which."""


class Undefined(Outside):
    """The expression has no real value anywhere in the present case."""


class Restart(Exception):
    """The shape of the field was widened: begin again."""


class Ratio(NamedTuple):
    """Numerator and denominator; the denominator is not zero."""

    top: fmpq_mpoly
    bottom: fmpq_mpoly


@dataclass(slots=True)
class Shape:
    """How many generators there are, and which roots of which atoms are held."""

    size: int = 16
    roots: dict[Hashable, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Atom:
    """A generator's meaning: ``expression`` builds it in sympy, ``sign`` is +1, -1 or None.

    ``key`` tells it from all others: its kind, then what it depends on.  ``symbols`` are those it
    depends on, ``value`` is what it is a function of, for the rules that undo it.
    """

    key: tuple[Hashable, ...]
    expression: Callable[[], Any]
    symbols: frozenset[Any]
    sign: int | None = None
    value: Any = None

    @property
    def kind(self) -> str:
        """The first part of the key: ``symbol``, ``log``, ``exp``, ..."""
        return str(self.key[0])


class Field:
    """The generators in use, and arithmetic with fractions over them."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.context = fmpq_mpoly_ctx.get([f"g{i}" for i in range(shape.size)], Ordering.lex)
        self.generators = self.context.gens()
        self.atoms: list[Atom] = []
        self.indices: dict[Hashable, int] = {}
        self.relations: dict[int, tuple[int, fmpq_mpoly]] = {}
        self.unit = self.context.constant(1)
        self.one = Ratio(self.unit, self.unit)
        self.zero = Ratio(self.context.constant(0), self.unit)

    # -- generators

    def number(self, value: Any) -> Ratio:
        """A rational number (an int or an fmpq)."""
        return Ratio(self.context.constant(value), self.unit)

    def index(self, key: tuple[Hashable, ...], make: Callable[[], Atom]) -> int:
        """The place of the atom with that key, which is made if it is new."""
        place = self.indices.get(key)
        if place is None:
            atom = make()
            place = len(self.atoms)
            if place >= self.shape.size:
                if self.shape.size >= MOST_GENERATORS:
                    raise Outside("too many different functions")
                self.shape.size *= 2
                raise Restart
            self.indices[key] = place
            self.atoms.append(atom)
        return place

    def root(self, key: Hashable) -> int:
        """Which root of an atom its generator stands for."""
        return self.shape.roots.get(key, 1)

    def need_root(self, key: Hashable, degree: int) -> int:
        """Make sure that the root of that degree can be written; returns the root that is held."""
        held = self.root(key)
        if held % degree:
            wider = lcm(held, degree)
            if wider > LARGEST_ROOT:
                raise Outside(f"a root of degree {wider}")
            self.shape.roots[key] = wider
            raise Restart
        return held

    def relate(self, place: int, degree: int, value: fmpq_mpoly) -> None:
        """Let the generator at that place satisfy ``g**degree = value``."""
        self.relations.setdefault(place, (degree, value))

    def used(self, *polynomials: fmpq_mpoly) -> list[int]:
        """The places of the generators that occur."""
        degrees = [p.degrees() for p in polynomials]
        return [i for i in range(len(self.atoms)) if any(d[i] for d in degrees)]

    def atoms_of(self, value: Ratio) -> list[Atom]:
        """The atoms that occur in a fraction."""
        return [self.atoms[i] for i in self.used(*value)]

    def symbols_of(self, value: Ratio) -> frozenset[Any]:
        """The symbols that a fraction depends on."""
        return frozenset().union(*(atom.symbols for atom in self.atoms_of(value)))

    # -- arithmetic

    def add(self, a: Ratio, b: Ratio) -> Ratio:
        """The sum, over the least common denominator."""
        n, d = a
        m, e = b
        if d == e:
            return Ratio(n + m, d)
        if n.is_zero():
            return b
        if m.is_zero():
            return a
        if d.is_one():
            return self._check(Ratio(self._times(n, e) + m, e))
        if e.is_one():
            return self._check(Ratio(n + self._times(m, d), d))
        common = d.gcd(e)
        d, rest = d / common, e / common
        return self._check(Ratio(self._times(n, rest) + self._times(m, d), self._times(d, e)))

    def sum(self, values: Iterable[Ratio]) -> Ratio:
        """The sum of all."""
        total = self.zero
        for value in values:
            total = self.add(total, value)
        return total

    def negate(self, a: Ratio) -> Ratio:
        """The negative."""
        return Ratio(-a.top, a.bottom)

    def subtract(self, a: Ratio, b: Ratio) -> Ratio:
        """The difference."""
        return self.add(a, self.negate(b))

    def scale(self, a: Ratio, factor: Any) -> Ratio:
        """A rational multiple."""
        return Ratio(a.top * factor, a.bottom)

    def multiply(self, a: Ratio, b: Ratio) -> Ratio:
        """The product, in lowest terms."""
        if a.bottom.is_one() and b.bottom.is_one():
            return self._check(Ratio(self.reduce(self._times(a.top, b.top)), self.unit))
        return self.cancel(Ratio(self._times(a.top, b.top), self._times(a.bottom, b.bottom)))

    def invert(self, a: Ratio) -> Ratio:
        """The reciprocal; raises Outside if the fraction is zero."""
        if self.is_zero(a):
            raise Undefined("a division by zero")
        return self.cancel(Ratio(a.bottom, a.top))

    def divide(self, a: Ratio, b: Ratio) -> Ratio:
        """The quotient; raises Outside if the divisor is zero."""
        return self.multiply(a, self.invert(b))

    def power(self, a: Ratio, exponent: int) -> Ratio:
        """An integer power."""
        if exponent < 0:
            a, exponent = self.invert(a), -exponent
        terms = max(len(a.top), len(a.bottom), 1)
        if exponent > 1 and comb(exponent + terms - 1, terms - 1) > 10 * MOST_TERMS:
            raise Outside(f"a power as high as {exponent}")
        return Ratio(self.reduce(a.top**exponent), self.reduce(a.bottom**exponent))

    def cancel(self, a: Ratio) -> Ratio:
        """Lowest terms, relations applied, the denominator's leading coefficient 1."""
        n, d = self.reduce(a.top), self.reduce(a.bottom)
        if d.is_zero():
            raise Undefined("a division by zero")
        for place, (degree, _) in self.relations.items():
            # A root as a factor of the denominator goes to the numerator.
            least = min(monomial[place] for monomial in d.monoms())
            if least:
                extra = self.generators[place] ** (degree - least)
                n, d = self.reduce(n * extra), self.reduce(d * extra)
        if not d.is_constant():
            common = n.gcd(d)
            if not common.is_one():
                n, d = n / common, d / common
        lead = d.leading_coefficient()
        return self._check(Ratio(n, d) if lead == 1 else Ratio(n / lead, d / lead))

    def reduce(self, p: fmpq_mpoly) -> fmpq_mpoly:
        """A polynomial with the relations applied."""
        if not self.relations or p.is_zero():
            return p
        again = True
        while again:
            again = False
            for place, (degree, value) in self.relations.items():
                if not p.is_zero() and p.degrees()[place] >= degree:
                    p, again = self._substitute(p, place, degree, value), True
        return p

    def _substitute(self, p: Any, place: int, degree: int, value: Any) -> fmpq_mpoly:
        parts: dict[int, dict[tuple[int, ...], fmpq]] = {}
        for monomial, coefficient in p.to_dict().items():
            times, left = divmod(monomial[place], degree)
            rest = (*monomial[:place], left, *monomial[place + 1 :])
            parts.setdefault(times, {})[rest] = coefficient
        result = self.zero.top
        for times, terms in parts.items():
            result = result + self.context.from_dict(terms) * value**times
        return result

    def _times(self, p: fmpq_mpoly, q: fmpq_mpoly) -> fmpq_mpoly:
        if len(p) * len(q) > MOST_PRODUCTS:
            raise Outside("a polynomial with too many terms")
        return p * q

    def factor(self, p: fmpq_mpoly) -> tuple[fmpq, list[tuple[fmpq_mpoly, int]]]:
        """The irreducible factors of a polynomial with their powers, and a number before them."""
        if len(p) > MOST_FACTORED:
            raise Outside("a polynomial with too many terms to factor")
        content, factors = p.factor()
        return content, [(factor, int(power)) for factor, power in factors]

    def _check(self, a: Ratio) -> Ratio:
        if len(a.top) > MOST_TERMS or len(a.bottom) > MOST_TERMS:
            raise Outside("a polynomial with too many terms")
        return a

    # -- questions

    def is_zero(self, a: Ratio) -> bool:
        """Whether the normal form is zero."""
        return bool(self.reduce(a.top).is_zero())

    def rational(self, a: Ratio) -> fmpq | None:
        """Its value, if it is a rational number."""
        if not (a.top.is_constant() and a.bottom.is_constant()):
            return None
        return (
            fmpq(0)
            if a.top.is_zero()
            else a.top.leading_coefficient() / a.bottom.leading_coefficient()
        )

    def integer(self, a: Ratio) -> int | None:
        """Its value, if it is an integer."""
        value = self.rational(a)
        return int(value.p) if value is not None and value.q == 1 else None

    def key(self, a: Ratio) -> tuple[str, str]:
        """What tells a fraction from all others of this field; the same for equal normal forms."""
        top, bottom = self.cancel(a)
        return str(top), str(bottom)
