"""Carrying out declarations: relations are assumed, named distributions lowered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import sympy

from klsym.density import Density, Joint
from klsym.domain import Context
from klsym.errors import KlsymError, Span
from klsym.meaning.declarations import (
    Assumed,
    Declared,
    DensityDeclared,
    JointDeclared,
    LawDeclared,
    SymbolsDeclared,
)
from klsym.meaning.heads import Heads
from klsym.meaning.joints import joint_density
from klsym.meaning.lowering import RELATIONS, require_real
from klsym.meaning.pieces import inner_support, related, relations
from klsym.meaning.products import declared_product, is_product
from klsym.meaning.scope import Placed
from klsym.meaning.setting import Setting, variate
from klsym.syntax.tree import Call, Name, Node
from klsym.syntax.walk import children


def assume_relations(setting: Setting, declared: Iterable[Declared]) -> None:
    """Take the relations for granted; one that cannot hold is an error."""
    scalars = Heads(setting)
    notes = list(setting.notes)
    for d in declared:
        if isinstance(d, SymbolsDeclared) and d.interval is None:
            continue
        with Placed(d.place, d.text):
            if isinstance(d, Assumed):
                found, span = relations(scalars, d.chain), d.chain.span
            elif isinstance(d, SymbolsDeclared) and d.interval is not None:
                lower, upper = (
                    require_real(scalars.scalar(item), item.span) for item in d.interval.items
                )
                span = d.interval.span
                found = []
                below = RELATIONS["<=" if "{" in d.interval.opening else "<"]
                for name in d.names:
                    symbol = setting.names[name.name]
                    found += [related(below, lower, symbol), related(below, symbol, upper)]
            else:
                continue
            try:
                setting.context = setting.context.assume(*found)
            except KlsymError as error:
                error.span, error.help = span, "drop one of the two"
                raise
    # What a relation says of sigma_j it says of each component.
    setting.notes[:] = notes


def define_laws(
    setting: Setting, declared: Iterable[Declared], letters: Mapping[str, str | None]
) -> None:
    """Lower the named distributions, each after those its text refers to."""
    kinds = (DensityDeclared, JointDeclared, LawDeclared)
    waiting = {d.name: d for d in declared if isinstance(d, kinds)}
    setting.letters.update({k: v for k, v in letters.items() if v is not None})
    under_way: set[str] = set()

    def define(name: str) -> None:
        d = waiting[name]
        if name in under_way:
            raise KlsymError(
                "declaration",
                f"{name} is declared by itself",
                help=f"such as {name} = Normal(mu, sigma)",
                text=d.text,
                span=Span(0, len(d.text)),
                place=d.place,
            )
        under_way.add(name)
        for other in _references(d.body):
            if other in waiting and other not in {
                *setting.laws,
                *setting.products,
                *setting.joints,
            }:
                define(other)
        with Placed(d.place, d.text):
            if isinstance(d, DensityDeclared):
                setting.laws[name] = _density(setting, d)
            elif isinstance(d, JointDeclared):
                setting.joints[name] = _joint(setting, d)
            elif Heads(setting).is_joint(d.body):
                setting.joints[name] = replace(Heads(setting).joint(d.body), name=name)
            elif is_product(d.body, setting.products):
                setting.products[name] = declared_product(Heads(setting), name, d.body)
            else:
                setting.laws[name] = _law(setting, d)
        if isinstance(d, LawDeclared) and isinstance(d.body, Name):
            other = d.body.name
            if other in setting.letters and d.variate is None:
                setting.letters[name] = setting.letters[other]

    for name in waiting:
        if name not in {*setting.laws, *setting.products, *setting.joints}:
            define(name)


def _references(tree: Node) -> Iterator[str]:
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Name):
            yield node.name
        elif isinstance(node, Call):
            yield node.function
        pending += children(node)


def _density(setting: Setting, d: DensityDeclared) -> Density:
    heads = Heads(setting)
    support = inner_support(heads, d.support)
    setting.context = _ordered(setting.context, support.lower, support.upper, d.support)
    letter = setting.letter(d.variate)
    symbol = variate(letter, support.lower, support.upper, support.discrete, setting.context)
    with heads.binding({d.variate: symbol}):
        expression = require_real(heads.scalar(d.body), d.body.span)
    if expression.has(sympy.oo) or expression == 0:
        word = "zero" if expression == 0 else "infinite"
        raise KlsymError(
            "density",
            f"this density is {word}",
            span=d.body.span,
            help=f"such as {d.name}({d.variate}) = a*exp(-a*{d.variate}) on (0, oo)",
        )
    return Density(symbol, support, expression, d.text, name=d.name)


def _joint(setting: Setting, d: JointDeclared) -> Joint:
    heads = Heads(setting)
    if d.variates[0] == d.variates[1]:
        raise KlsymError(
            "declaration",
            f"both variates are called {d.variates[0]}",
            span=Span(0, len(d.text)),
            help=f"such as {d.name}(x, y) = exp(-x - y) on (0, oo) x (0, oo)",
        )
    supports = [inner_support(heads, node) for node in d.supports]
    for support, node in zip(supports, d.supports, strict=True):
        setting.context = _ordered(setting.context, support.lower, support.upper, node)
    found = joint_density(heads, setting, d.variates, supports, d.body, d.text)
    return replace(found, name=d.name)


def _ordered(context: Context, lower: Any, upper: Any, node: Node) -> Context:
    finite = lower.is_finite and upper.is_finite
    if not finite and lower is not sympy.S.Infinity and upper is not sympy.S.NegativeInfinity:
        return context
    relation = sympy.StrictLessThan(lower, upper) if finite else sympy.false
    if relation == sympy.false or context.holds(relation) is False:
        raise KlsymError(
            "support",
            "this support is empty",
            span=node.span,
            help="an interval such as (0, oo), or integers such as {0..n}",
        )
    return context.assume(relation)


def _law(setting: Setting, d: LawDeclared) -> Any:
    return Heads(setting).declared(d.name, d.body)
