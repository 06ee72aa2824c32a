"""A run over documents as one HTML file that needs nothing else: no network, no script, no fonts.

Formulas are MathML; what cannot be set is shown as source.  Every text from outside goes into the
tree as text, never as markup, and a content security policy forbids scripts and requests besides;
filtering by verdict is done by check boxes and style alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from klsym.shown import printable
from klsym.writing.documents import MARKS
from klsym.writing.mathml import mathml

Element = ET.Element
Child = Element | str | None

POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"

STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --soft: #f4f4f2; --line: #d8d8d4;
  --dim: #5f5f5a; --proved: #1c6b3a; --refuted: #a4262c; --open: #8a5a00; --link: #1f4e79; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e4; --paper: #161618; --soft: #212124;
  --line: #3a3a3e; --dim: #a5a5a0; --proved: #7bcf9a; --refuted: #ff8b8f; --open: #e8b860;
  --link: #8ec1f0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: .5rem 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
a { color: var(--link); } code, pre { font: .85em/1.45 ui-monospace, monospace; }
pre { background: var(--soft); padding: .5rem; overflow-x: auto; margin: .5rem 0; }
math { font-size: 1.1em; } .formula { overflow-x: auto; padding: .25rem 0; }
fieldset { border: 1px solid var(--line); border-radius: .4rem; display: flex; flex-wrap: wrap;
  gap: .25rem 1rem; padding: .4rem .8rem; margin: 1rem 0; }
label { white-space: nowrap; } legend { color: var(--dim); }
article { border-left: .3rem solid var(--line); padding: .3rem .8rem; margin: .6rem 0;
  background: var(--soft); border-radius: 0 .4rem .4rem 0; }
.head { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; }
.verdict { font-weight: 600; } .dim { color: var(--dim); font-size: .9rem; }
.proved { border-color: var(--proved); } .proved .verdict { color: var(--proved); }
.refuted { border-color: var(--refuted); } .refuted .verdict { color: var(--refuted); }
.agrees, .undecided, .unread { border-color: var(--open); }
.agrees .verdict, .undecided .verdict, .unread .verdict { color: var(--open); }
mark { background: none; color: var(--refuted); text-decoration: underline wavy; }
table { border-collapse: collapse; margin: .4rem 0; } td, th { padding: .1rem .8rem .1rem 0;
  text-align: left; vertical-align: top; font-weight: normal; } th { color: var(--dim); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: .4rem; }
.sides > div { border: 1px solid var(--line); border-radius: .3rem; padding: .3rem .6rem; }
details { margin: .3rem 0; } summary { cursor: pointer; color: var(--dim); }
ul { margin: .3rem 0; padding-left: 1.2rem; }
@media print { fieldset { display: none; } body { max-width: none; }
  article { break-inside: avoid; } details:not([open]) { display: none; } }
"""


def html(result: Mapping[str, Any]) -> str:
    """The answer of ``klsym run`` as a page.

    A claim may have the ``steps`` to the closed form of a divergence in it.
    """
    present = [verdict for verdict in MARKS if result["counts"].get(verdict)]
    hidden = "".join(
        f"body:has(#show-{verdict}:not(:checked)) article.{verdict} {{ display: none; }}\n"
        for verdict in present
    )
    documents = [_document(number, document) for number, document in enumerate(result["documents"])]
    page = _element(
        "html",
        _element(
            "head",
            _element("meta", charset="utf-8"),
            _element("meta", **{"http-equiv": "Content-Security-Policy", "content": POLICY}),
            _element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            _element("title", f"klsym: {_summary(result['counts'])}"),
            _element("style", STYLE + hidden),
        ),
        _element(
            "body",
            _element("h1", "What klsym found"),
            _element("p", _summary(result["counts"]), f" in {_files(len(documents))}"),
            _filters(present, result["counts"]),
            _contents(result["documents"]),
            _element("main", *documents),
            _element("p", f"{result['seconds']:.1f} s", class_="dim"),
        ),
        lang="en",
    )
    return "<!DOCTYPE html>\n" + ET.tostring(page, encoding="unicode", method="html")


def table(result: Mapping[str, Any]) -> str:
    """The claims of a run as a table, for a notebook."""
    rows = [
        _element(
            "tr",
            _element("td", f"{MARKS[claim['verdict']]} {claim['verdict']}"),
            _element("td", f"{document['path']}:{claim['line']}:{claim['column']}"),
            _element("td", formula(claim["left"], claim["right"], claim.get("relation", "="))),
            _element("td", claim["message"]),
        )
        for document in result["documents"]
        for claim in document["claims"]
    ]
    heads = [_element("th", head) for head in ("verdict", "place", "claim", "message")]
    whole = _element("table", _element("tr", *heads), *rows)
    return ET.tostring(whole, encoding="unicode", method="html")


def _element(tag: str, *children: Child, **attributes: str) -> Element:
    """An element; texts become text, whatever they hold."""
    named = {name.rstrip("_"): _clean(value) for name, value in attributes.items()}
    element = ET.Element(tag, named)
    last: Element | None = None
    for child in children:
        if child is None:
            continue
        if isinstance(child, str):
            text = _clean(child)
            if last is None:
                element.text = (element.text or "") + text
            else:
                last.tail = (last.tail or "") + text
        else:
            element.append(child)
            last = child
    return element


def _clean(text: str) -> str:
    return printable(text).replace("\x00", "\N{REPLACEMENT CHARACTER}")


def _summary(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.items()) or "no claims"


def _files(count: int) -> str:
    return f"{count} document{'' if count == 1 else 's'}"


def _filters(present: Sequence[str], counts: Mapping[str, int]) -> Element | None:
    if not present:
        return None
    boxes = []
    for verdict in present:
        box = _element("input", type="checkbox", id=f"show-{verdict}", checked="checked")
        told = f" {MARKS[verdict]} {verdict} ({counts[verdict]})"
        boxes.append(_element("label", box, told, for_=f"show-{verdict}"))
    return _element("fieldset", _element("legend", "Show"), *boxes)


def _contents(documents: Sequence[Mapping[str, Any]]) -> Element | None:
    if len(documents) < 2:
        return None
    rows = [
        _element(
            "li",
            _element("a", document["path"], href=f"#document-{number}"),
            f": {_summary(document['counts'])}",
        )
        for number, document in enumerate(documents)
    ]
    return _element("nav", _element("ul", *rows))


def _document(number: int, document: Mapping[str, Any]) -> Element:
    claims = [_claim(document["path"], claim) for claim in document["claims"]]
    errors = [
        _element("p", f"{error['line']}:{error['column']}: {error['message']}. {error['help']}")
        for error in document["errors"]
    ]
    return _element(
        "section",
        _element("h2", document["path"], id=f"document-{number}"),
        _element("p", _summary(document["counts"]), class_="dim"),
        *errors,
        *claims,
        _others(document["other"]),
    )


def _claim(path: str, claim: Mapping[str, Any]) -> Element:
    verdict, expected = claim["verdict"], claim["expected"]
    told = "" if verdict == expected == "proved" else f"expected: {expected}"
    told = "as expected" if verdict == expected != "proved" else told
    place = f"{path}:{claim['line']}:{claim['column']}"
    return _element(
        "article",
        _element(
            "div",
            _element("span", f"{MARKS[verdict]} {verdict}", class_="verdict"),
            _element("a", place, href=_link(path, claim["line"])),
            _element("span", told, class_="dim") if told else None,
            class_="head",
        ),
        formula(claim["left"], claim["right"], claim.get("relation", "=")),
        _element("p", claim["message"]) if claim["message"] else None,
        None if verdict == "proved" else _excerpt(claim, claim.get("source", "")),
        _counterexample(claim["counterexample"]),
        *(_diagnosis(claim, slip) for slip in claim["diagnoses"]),
        _list(claim["notes"]),
        _element("p", f"assuming {', '.join(claim['assumptions'])}", class_="dim")
        if claim["assumptions"]
        else None,
        *_derivation(claim.get("steps", ())),
        class_=verdict,
    )


def _link(path: str, line: int) -> str:
    """A link to the line of the file, relative to the report; neither scheme nor host."""
    return f"{quote(os.fsencode(re.sub('^/+', '/', path)))}#L{line}"


def formula(left: str, right: str, relation: str = "=") -> Element:
    """An equation as MathML, as source where that cannot be set."""
    sign = {"=": "=", "<=": r"\leq", ">=": r"\geq", "<": "<", ">": ">"}.get(relation, relation)
    shown = mathml(f"{left} {sign} {right}")
    source = _element("code", f"{left} {relation} {right}")
    return _element("div", source if shown is None else shown, class_="formula")


def _excerpt(claim: Mapping[str, Any], source: str) -> Element | None:
    if not source:
        return None
    start = claim["column"] - 1
    end = claim["end_column"] - 1 if claim["end_line"] == claim["line"] else len(source)
    return _element("pre", source[:start], _element("mark", source[start:end] or " "), source[end:])


def _counterexample(found: Mapping[str, Any] | None) -> Element | None:
    if not found:
        return None
    point = ", ".join(f"{name} = {value}" for name, value in found["point"].items())
    rows = [("at", point), ("left", found["statement"]), ("right", found["formula"])]
    rows.append(("difference", found["difference"]))
    return _element(
        "table",
        *(
            _element("tr", _element("th", head), _element("td", _element("code", value)))
            for head, value in rows
            if value
        ),
    )


def _diagnosis(claim: Mapping[str, Any], slip: Mapping[str, str]) -> Element:
    printed = claim["right"] if slip["amends"] == "formula" else claim["left"]
    shown = [mathml(text.partition("=")[2] or text) for text in (printed, slip["repair"])]
    sides = [
        _element(
            "div",
            _element("div", head, class_="dim"),
            part if part is not None else None,
            _element("pre", text),
        )
        for head, part, text in zip(
            ("printed", "repair, proved"), shown, (printed, slip["repair"]), strict=True
        )
    ]
    return _element(
        "div",
        _element("p", _element("strong", slip["name"]), f": {slip['help']}"),
        _element("div", *sides, class_="sides"),
    )


def _derivation(steps: Sequence[Mapping[str, Any]]) -> Iterator[Element]:
    if steps:
        rows = []
        for step in steps:
            shown = mathml(step["latex"])
            told = _element("code", step["after"]) if shown is None else shown
            rows.append(_element("li", _element("span", step["rule"], class_="dim"), told))
        yield _element("details", _element("summary", "derivation"), _element("ol", *rows))


def _list(notes: Sequence[str]) -> Element | None:
    return _element("ul", *(_element("li", note) for note in notes)) if notes else None


def _others(others: Sequence[Mapping[str, Any]]) -> Element | None:
    if not others:
        return None
    rows = [
        _element(
            "li",
            f"line {other['line']}, {other['class']}: ",
            _element("code", other["text"]),
            _list(other["notes"]),
        )
        for other in others
    ]
    count = f"{len(others)} other passage{'' if len(others) == 1 else 's'}"
    return _element("details", _element("summary", count), _element("ul", *rows))
