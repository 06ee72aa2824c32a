"""A run over documents as JUnit XML: a suite for each document, a case for each claim.

What is against expectation is a failure, what could not be read an error, what is open is skipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from klsym.shown import printable
from klsym.writing.sarif import message


def junit(result: Mapping[str, Any]) -> str:
    """The answer of ``klsym run`` as JUnit XML."""
    root = ET.Element("testsuites", name="klsym", time=f"{result['seconds']:.3f}")
    totals = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for document in result["documents"]:
        suite = ET.SubElement(root, "testsuite", name=printable(document["path"]))
        for claim in document["claims"]:
            _case(suite, document["path"], claim)
        for error in document["errors"]:
            told = f"{document['path']}:{error['line']}:{error['column']}"
            case = _named(suite, document["path"], told)
            ET.SubElement(case, "error", message=printable(error["message"]))
        kinds = {"failures": "failure", "errors": "error", "skipped": "skipped"}
        counts = {name: len(suite.findall(f"*/{tag}")) for name, tag in kinds.items()}
        counts["tests"] = len(suite)
        for name, count in counts.items():
            suite.set(name, str(count))
            totals[name] += count
    for name, count in totals.items():
        root.set(name, str(count))
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode")


def _named(suite: ET.Element, path: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", name=printable(name), classname=printable(path))


def _case(suite: ET.Element, path: str, claim: Mapping[str, Any]) -> None:
    verdict, expected = claim["verdict"], claim["expected"]
    name = f"{claim['line']}:{claim['column']} {claim['left']} = {claim['right']}"
    case = _named(suite, path, name)
    case.set("file", printable(path))
    case.set("line", str(claim["line"]))
    if verdict == expected:
        return
    told = message(claim)
    if verdict in ("proved", "refuted"):
        failure = ET.SubElement(case, "failure", message=told, type=verdict)
        failure.text = f"{printable(path)}:{claim['line']}:{claim['column']}: {told}"
    else:
        ET.SubElement(case, "error" if verdict == "unread" else "skipped", message=told)
