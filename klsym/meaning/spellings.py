r"""Distributions as they are printed: ``\mathcal{U}(a, b)``, ``\mathrm{Gam}(a, b)``.

Print has spellings that are no family's name, and some that mean several things: a uniform
distribution may be continuous or discrete, the second argument of a gamma distribution its rate or
its scale.  Each reading is a choice that the document's own formulas have to make.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from klsym.meaning.naming import VARIANCE_LETTERS, family_of
from klsym.syntax.tree import Binary, Call, Name, Node, Number

_PRINTED: Mapping[str, tuple[str, ...]] = {
    "U": ("Uniform", "DiscreteUniform"),
    "Unif": ("Uniform", "DiscreteUniform"),
    "Uni": ("Uniform", "DiscreteUniform"),
    "Geom": ("Geometric", "GeometricTrials"),
    "Geo": ("Geometric", "GeometricTrials"),
    "Bet": ("Beta",),
    "Be": ("Beta", "Bernoulli"),
    "Ber": ("Bernoulli",),
    "B": ("Binomial", "Beta"),
    "Ga": ("Gamma",),
    "Po": ("Poisson",),
    "LN": ("LogNormal",),
    "LogN": ("LogNormal",),
    "Lap": ("Laplace",),
    "Wei": ("Weibull",),
    "Weib": ("Weibull",),
    "Expon": ("Exponential",),
    "IG": ("InverseGamma", "InverseGaussian"),
    "InvGauss": ("InverseGaussian",),
    "NB": ("NegativeBinomial",),
    "Ray": ("Rayleigh",),
    "Par": ("Pareto",),
}
"""What is printed, and the families it may stand for."""
_FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "exp": ("Exponential",),
    "gamma": ("Gamma",),
    "beta": ("Beta",),
    "t": ("StudentT",),
    "chi": ("Chi",),
}
"""The same for words that are functions' or numbers' where no distribution is expected."""
_WEIGHED = frozenset({"lambda"})
"""Letters that are rates wherever they are the parameter of an exponential distribution."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A call as a family with its parameters, and what it was read as in words."""

    call: Call
    told: str


def readings(call: Call, *, law: bool = False) -> list[Reading]:
    """What a call may stand for as a distribution, the likeliest first; empty if it is none.

    With ``law`` it stands where a distribution must.
    """
    pointed = has_point(call)
    if call.keywords or (not law and not pointed and call.function not in _PRINTED):
        return []
    names = _PRINTED.get(call.function, ())
    if law and not names:
        names = _FUNCTIONS.get(call.function, ())
    if not names and call.function not in VARIANCE_LETTERS:
        family = family_of(call.function)
        names = (family.name,) if family else ()
    arguments = call.arguments[1:] if pointed else call.arguments
    found: list[Reading] = []
    for name in names:
        for keywords in _keywords(name, arguments):
            read = _called(call, name, keywords, pointed=pointed)
            found.append(Reading(read, _told(call, name, keywords)))
    return found


def has_point(call: Call) -> bool:
    """Whether the first argument is a point, as in ``Gam(x; a, b)``."""
    return call.separators[:1] in ((";",), ("|",)) and len(call.arguments) > 1


def logarithmic(tree: Node) -> Node:
    r"""``\ln \mathcal{N}(\mu, \sigma^2)`` in a distribution's place is the log-normal one."""
    match tree:
        case Call(function="log", arguments=(Call(function="N", arguments=(mean, variance)),)):
            return Call(tree.span, "LogNormal", (mean,), (("variance", variance),))
    return tree


def _keywords(name: str, arguments: tuple[Node, ...]) -> Iterator[tuple[str | None, ...]]:
    """The ways to give a family's parameters by position, None for the one that is declared."""
    family = family_of(name)
    if family is None or len(arguments) != len(family.parameters):
        return
    plain: list[str | None] = [p.name if p.keyword_only else None for p in family.parameters]
    for number, (parameter, argument) in enumerate(zip(family.parameters, arguments, strict=True)):
        others = [
            a.keyword
            for a in family.alternatives
            if a.replaces == parameter.name and not a.keyword.startswith("log")
        ]
        if "variance" in others and _is_square(argument):
            yield (*plain[:number], "variance", *plain[number + 1 :])
        split = parameter.keyword_only or (
            parameter.name == "rate" and "scale" in others and not _is_weighed(argument)
        )
        if split:
            yield tuple(plain)
            for other in others:
                yield (*plain[:number], other, *plain[number + 1 :])
            return
    yield tuple(plain)


def _is_square(tree: Node) -> bool:
    match tree:
        case Binary(operator="^", right=Number(text="2")):
            return True
    return False


def _is_weighed(tree: Node) -> bool:
    return isinstance(tree, Name) and tree.name.partition("_")[0] in _WEIGHED


def _called(call: Call, name: str, keywords: tuple[str | None, ...], *, pointed: bool) -> Call:
    point = call.arguments[:1] if pointed else ()
    arguments = call.arguments[len(point) :]
    given = zip(keywords, arguments, strict=True)
    pairs = [(keyword, argument) for keyword, argument in given]
    plain = tuple(argument for keyword, argument in pairs if keyword is None)
    named = tuple((keyword, argument) for keyword, argument in pairs if keyword is not None)
    separators = (*call.separators[: len(point)], *(",",) * (len(plain) - 1))
    if point and not plain:
        separators = (";",)
    return replace(
        call,
        function=name,
        arguments=(*point, *plain),
        keywords=named,
        separators=separators,
        style="",
    )


def _told(call: Call, name: str, keywords: tuple[str | None, ...]) -> str:
    given = ", ".join("..." if keyword is None else f"{keyword}=..." for keyword in keywords)
    return f"{call.function} is read as {name}({given})"
