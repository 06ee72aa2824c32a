"""A derivation as a Python module: a NumPy function for its closed form, and a test of it.

The module needs NumPy and SciPy and nothing of klsym.  Its function takes the parameters in the
order of the statement, as numbers or as arrays that broadcast; its test compares it with values
of the statement that were enclosed from the definition, at exact points.
"""

from __future__ import annotations

import keyword
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from klsym.density import Product
from klsym.derivation import Derivation
from klsym.domain import Context
from klsym.expectation import DivergenceValue, Law
from klsym.integrals.unit import nats_of
from klsym.shown import one_line, printable
from klsym.writing.arraynames import unwritable
from klsym.writing.arrays import code
from klsym.writing.certified import certified_points
from klsym.writing.components import Components, array_lines, components_of
from klsym.writing.plain import plain

TOLERANCE = 1e-9
WIDEST = 100
RESERVED = {"np", "special", "value"}


def python(derivation: Derivation, statement: str) -> str:
    """The module's text; of a statement without a closed form, one comment that says so.

    Raises KlsymError ``no-python`` where the closed form holds what NumPy and SciPy do not
    compute.
    """
    closed = derivation.closed_form
    if closed is None:
        return f"# {one_line(derivation.reason or 'no closed form found')}"
    components = components_of(closed)
    products = any(isinstance(law.density, Product) for law in derivation.statement.atoms(Law))
    if products and (components is None or derivation.conditions):
        raise unwritable("a product of any number of components with this value")
    context = derivation.context.assume(*derivation.conditions)
    symbols = _parameters(derivation, statement, components)
    names = _identifiers(symbols)
    function = _function_name(derivation.statement)
    parts = [
        _docstring(_heading(derivation, statement), ""),
        "import numpy as np",
        _function(function, derivation, names, components),
        _test(function, derivation, context, names, components),
    ]
    if any("special." in part for part in parts[2:3]):
        parts[1] += "\nfrom scipy import special"
    return "\n\n".join(parts[:2]) + "\n\n\n" + "\n\n\n".join(parts[2:])


def _parameters(derivation: Derivation, statement: str, components: Components | None) -> list[Any]:
    """The symbols in the order in which the statement names them."""
    declared = {s.name: i for i, s in enumerate(derivation.context.symbols)}

    def place(symbol: Any) -> tuple[float, int]:
        found = re.search(rf"(?<!\w){re.escape(symbol.name)}(?!\w)", statement)
        first = found.start() if found else math.inf
        return first, declared.get(symbol.name, len(declared))

    closed = derivation.closed_form
    free = derivation.statement.free_symbols | (
        closed.free_symbols if closed is not None else set()
    )
    for condition in derivation.conditions:
        free |= condition.free_symbols
    if components is not None:
        free = free | set(components.symbols)
    return sorted(free, key=place)


def _identifiers(symbols: Sequence[Any]) -> dict[Any, str]:
    """A name in Python for each symbol, all different."""
    names: dict[Any, str] = {}
    for symbol in symbols:
        name = re.sub(r"\W", "_", symbol.name.replace("'", "_prime"), flags=re.ASCII)
        if not name.isidentifier() or name.startswith("__"):
            name = f"x_{name.strip('_')}"
        while keyword.iskeyword(name) or name in RESERVED or name in names.values():
            name += "_"
        names[symbol] = name
    return names


def _function_name(statement: Any) -> str:
    """``kl_normal_normal`` from the divergence and the families, or ``divergence``."""
    values = statement.atoms(DivergenceValue)
    if len(values) != 1:
        return "divergence"
    (value,) = values
    families = [_family(law.density) for law in value.laws]
    words = [_snake(value.name), *(_snake(family) for family in families if family)]
    return re.sub(r"\W", "_", "_".join(words), flags=re.ASCII)


def _family(density: Any) -> str | None:
    component = density.component if isinstance(density, Product) else density
    return getattr(component, "family", None)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _heading(derivation: Derivation, statement: str) -> list[str]:
    unit = "bits" if nats_of(derivation.statement) is not None else "nats"
    has_unit = derivation.statement.has(DivergenceValue)
    lines = [f"{printable(statement)}" + (f", in {unit}." if has_unit else ".")]
    lines += ["", f"Closed form, derived by klsym: {plain(derivation.closed_form)}"]
    if derivation.infinite and derivation.reason:
        lines += ["", f"It is infinite: {printable(derivation.reason)}"]
    if derivation.conditions:
        conditions = ", ".join(map(plain, derivation.conditions))
        lines += ["", f"It is finite where {conditions}, and infinite elsewhere."]
    return lines


def _docstring(lines: Sequence[str], indent: str) -> str:
    text = "\n".join(f"{indent}{line}" if line else "" for line in lines)
    text = text.strip().replace("\\", "\\\\").replace('"', "'")
    end = f"\n{indent}" if len(lines) > 1 else ""
    return f'{indent}"""{text}{end}"""'


def _function(
    function: str, derivation: Derivation, names: Mapping[Any, str], components: Components | None
) -> str:
    context, closed = derivation.context, derivation.closed_form
    count = None if components is None else components.count
    carrying = () if components is None else components.symbols
    last = f", along the last axis for {components.index} = 1..{count}" if components else ""
    arguments = [name for symbol, name in names.items() if symbol != count]
    doc = [f"The value, over {'arrays that broadcast' if names else 'no parameters'}."]
    if names:
        width = max(map(len, arguments))
        doc.append("")
        for symbol, name in names.items():
            if symbol == count:
                continue
            domain = context.domains.get(symbol.name, "real")
            doc.append(f"{name.ljust(width)} : {domain}" + last * (symbol in carrying))
    relations = [plain(r) for r in context.relations if r.free_symbols <= set(names)]
    if relations:
        doc += ["", f"Where {', '.join(relations)}."]
    lines = [f"def {function}({', '.join(arguments)}):", _docstring(doc, "    ")]
    lines += [f"    {name} = np.asarray({name}, dtype=float)" for name in arguments]
    if derivation.infinite:
        shape = f"np.broadcast({', '.join(arguments)}).shape" if names else "()"
        sign = "-" if closed is not None and closed.is_negative else ""
        return "\n".join([*lines, f"    return np.full({shape}, {sign}np.inf)[()]"])
    value = code(closed, names, context.assume(*derivation.conditions).sign)
    if components is not None:
        *shapes, counted = array_lines(components, names)
        if re.search(rf"\b{names[count]}\b", value):
            shapes.append(counted)
        lines += [f"    {line}" for line in shapes]
    if not derivation.conditions:
        return "\n".join([*lines, *_statement("return ", value, "    ")])
    conditions = [code(condition, names) for condition in derivation.conditions]
    finite = conditions[0] if len(conditions) == 1 else " & ".join(f"({c})" for c in conditions)
    lines += [
        '    with np.errstate(all="ignore"):',
        *_statement("value = ", value, "        "),
        f"    return np.where({finite}, value, np.inf)[()]",
    ]
    return "\n".join(lines)


def _statement(start: str, value: str, indent: str) -> list[str]:
    """A line of code; one too long is broken before the terms of its sum."""
    line = f"{indent}{start}{value}"
    if len(line) <= WIDEST:
        return [line]
    terms, depth, begin = [], 0, 0
    for i, char in enumerate(value):
        depth += (char == "(") - (char == ")")
        if depth == 0 and value[i : i + 3] in (" + ", " - "):
            terms.append(value[begin:i])
            begin = i + 1
    terms.append(value[begin:])
    if len(terms) == 1:
        return [line]
    return [f"{indent}{start}(", *(f"{indent}    {term}" for term in terms), f"{indent})"]


def _test(
    function: str,
    derivation: Derivation,
    context: Context,
    names: Mapping[Any, str],
    components: Components | None,
) -> str:
    lines = [f"def test_{function}():"]
    values = (derivation.definition, derivation.closed_form)
    symbols: Sequence[Any] = list(names)
    if components is not None:
        written = components.written_out(values, context)
        values, context, symbols = written.values, written.context, written.context.symbols
        names = {symbol: name for symbol, name in names.items() if symbol != components.count}
    points, origin = certified_points(*values, context, symbols)
    lines += [f'    """{origin}"""', "    certified = ["]
    for point, value in points:
        at = {symbol.name: number for symbol, number in point.items()}
        given = [str(at[s.name]) if components is None else components.at(s, at) for s in names]
        end = "," if len(given) == 1 else ""
        lines.append(f"        (({', '.join(given)}{end}), {value}),")
    lines += [
        "    ]",
        "    for point, value in certified:",
        f"        np.testing.assert_allclose({function}(*point), value, rtol={TOLERANCE:g})",
    ]
    return "\n".join(lines)
