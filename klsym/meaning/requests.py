"""Reading a request: a statement, its formulas, and all that is declared and assumed for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from klsym.errors import KlsymError, Span
from klsym.meaning.declarations import (
    Declared,
    DensityDeclared,
    FamilyDeclared,
    JointDeclared,
    LawDeclared,
    declared,
)
from klsym.meaning.defining import assume_relations, define_laws
from klsym.meaning.domains import decide_domains
from klsym.meaning.formulas import (
    READINGS,
    formula_readings,
    lowered_readings,
    readings_of,
    right_side,
    spelt_readings,
)
from klsym.meaning.matrices import require_scalars
from klsym.meaning.scope import Formula, Placed, Request, Scope, UserFamily
from klsym.meaning.setting import Setting
from klsym.meaning.survey import Survey
from klsym.syntax.reading import Reading, preference
from klsym.syntax.tree import Chain


def read(
    statement: str,
    formulas: Sequence[str] = (),
    let: Sequence[str] = (),
    assume: Sequence[str] = (),
    *,
    reading: Sequence[str] = (),
    strict: bool = False,
    normalise: bool = False,
    scope: Scope | None = None,
) -> Request:
    """Read a statement and the formulas it is to be compared with.

    ``let`` and ``assume`` are the texts of the declarations, in any order; ``reading`` chooses
    readings, such as ``log-quotient log(p)/q``; ``strict`` refuses
    names for which nothing but a convention speaks; ``normalise`` scales the weights of a mixture
    that do not sum to 1.  With ``scope`` the texts are read in a known one, and nothing
    is declared.  Raises KlsymError for whatever cannot be understood.
    """
    if scope is not None:
        return _reread(statement, formulas, scope)
    told, names = declared(let, assume, list(map(preference, reading)))
    families = {d.name: _family(d) for d in told if isinstance(d, FamilyDeclared)}
    letters = {d.name: d.variate for d in told if isinstance(d, (DensityDeclared, LawDeclared))}
    letters |= {d.name: None for d in told if isinstance(d, JointDeclared)}
    _refuse_twice(told)
    with Placed("statement", statement):
        found, names = readings_of(statement, names, families)
        tree = found[0].tree
        if isinstance(tree, Chain):
            raise KlsymError(
                "statement",
                "a statement is one value, not a relation",
                span=tree.relations[0].span,
                help="give the two sides as STATEMENT and FORMULA",
            )
    numbers = {*letters, *(names.scalars or ())}
    survey = Survey(letters, families)
    survey.know(told)
    with survey.within(statement, "statement"):
        require_scalars(tree, numbers)
        survey.foresee(tree)
        survey.scalar(tree)
    plain = not survey.has_laws
    names = replace(names, scalars=(names.scalars or frozenset()) | survey.mentions.keys())
    read_formulas = [formula_readings(text, names, families) for text in formulas]
    for text, ways in zip(formulas, read_formulas, strict=True):
        with survey.within(text, "formula"):
            read_tree = right_side(ways[0].tree)[0]
            require_scalars(read_tree, numbers)
            survey.foresee(read_tree)
            survey.scalar(read_tree)
    context = decide_domains(survey, told, plain=plain, strict=strict)
    setting = Setting(context, normalise=normalise)
    setting.families.update(families)
    setting.assumed += survey.assumed
    setting.indices = survey.indices
    assume_relations(setting, told)
    define_laws(setting, told, letters)
    return _lowered(setting, statement, found, zip(formulas, read_formulas, strict=True))


def _family(d: FamilyDeclared) -> UserFamily:
    return UserFamily(d.name, d.variate, d.parameters, d.body, d.text)


def _refuse_twice(told: Iterable[Declared]) -> None:
    seen: dict[str, str] = {}
    for d in told:
        if isinstance(d, (DensityDeclared, JointDeclared, LawDeclared, FamilyDeclared)):
            if d.name in seen and seen[d.name] != d.text:
                raise KlsymError(
                    "declaration",
                    f"{d.name} is declared twice",
                    help="drop one of the two",
                    text=d.text,
                    span=Span(0, len(d.text)),
                    place=d.place,
                )
            seen[d.name] = d.text


def _reread(statement: str, formulas: Sequence[str], scope: Scope) -> Request:
    setting = Setting.of(scope)
    names = setting.known()
    with Placed("statement", statement):
        ways = spelt_readings(statement, names, None, READINGS + 1)
    texts = ((text, formula_readings(text, names, scope.families)) for text in formulas)
    return _lowered(setting, statement, ways, texts)


def _lowered(
    setting: Setting,
    statement: str,
    found: Sequence[Reading],
    formulas: Iterable[tuple[str, Sequence[Reading]]],
) -> Request:
    """The request of a statement and formulas that were read as trees."""
    stated, *alternatives = lowered_readings(statement, found, setting, "statement")
    lowered = tuple(
        Formula(text, tuple(lowered_readings(text, ways, setting))) for text, ways in formulas
    )
    scope, others = setting.scope(), tuple(alternatives)
    return Request(scope, stated.expr, statement, stated.tree, lowered, stated.parts, others)
