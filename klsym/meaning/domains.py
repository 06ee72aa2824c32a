"""Which domain each name has in the end, from all that speaks for it."""

from __future__ import annotations

from collections.abc import Iterable

from klsym.domain import INTEGER, NATURAL, POSITIVE, REAL, Context, Domain
from klsym.errors import KlsymError
from klsym.meaning.conventions import convention
from klsym.meaning.declarations import (
    Assumed,
    Declared,
    DensityDeclared,
    JointDeclared,
    LawDeclared,
    SymbolsDeclared,
)
from klsym.meaning.lowering import CONSTANTS
from klsym.meaning.mentions import Mention
from klsym.meaning.places import exact, numeric_bounds
from klsym.meaning.survey import Survey
from klsym.syntax.tree import Call, Items, Name


def decide_domains(
    survey: Survey, declared: Iterable[Declared], *, plain: bool, strict: bool
) -> Context:
    """The context of all names that are numbers.

    A declaration and a parameter's place speak first, together; then what compound arguments
    imply; then, unless ``strict``, for a ``plain`` formula the table of conventions, and that
    parameters of a bare density are positive.  Raises KlsymError ``undeclared`` listing every
    name that is left, and ``empty-domain``.
    """
    said = _declared(survey, declared)
    _survey_declarations(survey, declared)
    survey.settle()
    domains: dict[str, Domain] = {}
    left: list[Mention] = []
    for name, mention in survey.mentions.items():
        domain = _domain(name, survey, said, plain=plain, strict=strict)
        if domain is not None:
            domains[name] = domain
        elif name not in CONSTANTS or not _constant(name, survey, said):
            left.append(mention)
    left += survey.missing.values()
    if left:
        raise _undeclared(left, survey)
    context = Context()
    for name, domain in {**domains, **{k: v for k, v in said.items() if k not in domains}}.items():
        if domain.is_empty:
            raise _empty(name, survey)
        context = context.declare(name, domain)
    return _between(context, declared, survey)


def _constant(name: str, survey: Survey, said: dict[str, Domain]) -> bool:
    """Whether a name is a number such as ``e``: no declaration speaks for it, and no place."""
    if name in said:
        return False
    return name != "gamma" or not (
        name in survey.placed or name in survey.implied or name in survey.defaulted
    )


def _domain(
    name: str,
    survey: Survey,
    said: dict[str, Domain],
    *,
    plain: bool,
    strict: bool,
) -> Domain | None:
    if name in CONSTANTS and _constant(name, survey, said):
        return None
    if name in said or name in survey.placed:
        return said.get(name, REAL).intersect(survey.placed.get(name, REAL))
    if name in survey.implied:
        return survey.implied[name]
    if survey.indices.is_mean(name, survey.mentions):
        return None
    sibling = survey.indices.sibling(name, survey.mentions)
    if sibling is not None and sibling != name:
        domain = _domain(sibling, survey, said, plain=plain, strict=strict)
        if not name.endswith(tuple("0123456789")):
            letter = survey.indices.letter
            survey.assumed.append(f"{name}, without the index {letter}, is not {sibling}")
        return domain
    if strict:
        return None
    domain = convention(name) if plain else None
    if domain is None and name in survey.defaulted:
        domain = POSITIVE
    if domain is not None:
        survey.assumed.append(domain.statement(name))
    return domain


def _declared(survey: Survey, declared: Iterable[Declared]) -> dict[str, Domain]:
    """What declarations and relations with numbers say of single names."""
    said: dict[str, Domain] = {}
    for d in declared:
        found: dict[str, Domain] = {}
        if isinstance(d, SymbolsDeclared):
            domain = d.domain if d.interval is None else interval_domain(d.interval)
            found = {name.name: domain or REAL for name in d.names}
            with survey.within(d.text, d.place):
                for name in d.names:
                    survey.scalar(name)
                for item in d.interval.items if d.interval else ():
                    survey.scalar(item)
        elif isinstance(d, Assumed):
            found = numeric_bounds(d.chain)
            with survey.within(d.text, d.place):
                for term in d.chain.terms:
                    survey.scalar(term)
        for name_, domain_ in found.items():
            known = said.get(name_)
            said[name_] = domain_ if known is None else known.intersect(domain_)
    return said


def interval_domain(interval: Items) -> Domain:
    """The domain of an interval, as far as its ends are numbers."""
    low, high = (exact(item) for item in interval.items)
    integer = "{" in interval.opening
    return Domain(
        low,
        high,
        integer or interval.opening == "[",
        integer or interval.closing == "]",
        integer,
    )


def _survey_declarations(survey: Survey, declared: Iterable[Declared]) -> None:
    for d in declared:
        if isinstance(d, SymbolsDeclared):
            continue
        with survey.within(d.text, d.place):
            if isinstance(d, (DensityDeclared, JointDeclared)):
                letters = d.variates if isinstance(d, JointDeclared) else (d.variate,)
                supports = d.supports if isinstance(d, JointDeclared) else (d.support,)
                seen, survey.mentions = survey.mentions, {}
                with survey.binding(letters):
                    survey.scalar(d.body)
                for support in supports:
                    if not isinstance(support, Items):
                        continue
                    discrete = "{" in support.opening
                    for end in support.items:
                        if discrete and isinstance(end, Name) and end.name != "oo":
                            survey.place(end, NATURAL if end is support.items[-1] else INTEGER)
                        else:
                            survey.scalar(end)
                survey.defaulted |= survey.mentions.keys()
                survey.mentions = {
                    **seen,
                    **{k: v for k, v in survey.mentions.items() if k not in seen},
                }
            elif isinstance(d, LawDeclared):
                survey.foresee(d.body)
                if d.variate is not None and not isinstance(d.body, (Name, Call)):
                    _require_law(survey, d)
                survey.law(d.body)


def _require_law(survey: Survey, d: LawDeclared) -> None:
    """A density by its expression needs a support."""
    if not survey.is_law(d.body):
        raise KlsymError(
            "support",
            f"the support of {d.name} is missing",
            text=d.text,
            span=d.body.span,
            place=d.place,
            help=f"'{d.text} on (0, oo)', or on (-oo, oo), on {{0..n}}, ...",
        )


def _between(context: Context, declared: Iterable[Declared], survey: Survey) -> Context:
    """``c in (a, b)`` makes c positive where a is."""
    for d in declared:
        if not isinstance(d, SymbolsDeclared) or d.interval is None:
            continue
        low, high = d.interval.items
        for name in d.names:
            for end, above in ((low, True), (high, False)):
                known = context.domains.get(end.name) if isinstance(end, Name) else None
                if known is None:
                    continue
                limit = Domain(lower=known.lower) if above else Domain(upper=known.upper)
                if context.domains[name.name].intersect(limit).is_empty:
                    raise _empty(name.name, survey)
                context = context.declare(name.name, limit)
    return context


def _undeclared(left: list[Mention], survey: Survey) -> KlsymError:
    """One error for all names nothing speaks for, with what to paste."""
    numbers: dict[str, list[str]] = {}
    laws: list[str] = []
    for mention in left:
        if mention.name in survey.missing:
            laws.append(f"--let '{mention.name} = Normal(mu, sigma)'")
        else:
            word = str(convention(mention.name) or POSITIVE)
            numbers.setdefault(word if word.isalpha() else "real", []).append(mention.name)
    paste = laws + [f"--let '{', '.join(names)} {word}'" for word, names in numbers.items()]
    names = list(dict.fromkeys(m.name for m in left))
    plural = "s" if len(names) > 1 else ""
    first = left[0]
    return KlsymError(
        "undeclared",
        f"undeclared name{plural}: {', '.join(names)}",
        text=first.text,
        span=first.span,
        place=first.place,
        help=" ".join(paste),
    )


def _empty(name: str, survey: Survey) -> KlsymError:
    mention = survey.mentions.get(name)
    return KlsymError(
        "empty-domain",
        f"no value is left for {name}",
        help="what is said of it, by --let, --assume and its place, contradicts itself",
        text=mention.text if mention else "",
        span=mention.span if mention else None,
        place=mention.place if mention else "",
    )
