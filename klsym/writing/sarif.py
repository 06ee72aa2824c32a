"""A run over documents as SARIF 2.1.0, which code-review tools show at the lines concerned.

A refuted claim is a failure at level error, a proved one a pass, and what is open is ``open``;
an expectation that a directive states is taken into account.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from klsym.shown import json_text, printable
from klsym.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RULES = {
    "refuted": "The two sides differ at an exact point.",
    "proved": "The two sides are equal wherever they have a value.",
    "agrees": "The two sides have the same digits at many points; no proof was found.",
    "undecided": "Neither proved nor refuted.",
    "unread": "klsym could not read it.",
    "error": "A path or a directive could not be read.",
}


def sarif(result: Mapping[str, Any]) -> str:
    """The answer of ``klsym run`` as a SARIF log."""
    results = [
        found
        for document in result["documents"]
        for found in (
            *(_claim(document["path"], claim) for claim in document["claims"]),
            *(_error(document["path"], error) for error in document["errors"]),
        )
    ]
    rules = [{"id": name, "shortDescription": {"text": text}} for name, text in RULES.items()]
    driver = {"name": "klsym", "version": __version__, "rules": rules}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }
    return json_text(log)


def _claim(path: str, claim: Mapping[str, Any]) -> dict[str, Any]:
    verdict, expected = claim["verdict"], claim["expected"]
    decided = verdict in ("proved", "refuted")
    if verdict == expected:
        kind, level = "pass", "none"
    elif decided:
        kind, level = "fail", "error"
    else:
        kind, level = "open", "none"
    region = {
        "startLine": claim["line"],
        "startColumn": claim["column"],
        "endLine": claim["end_line"],
        "endColumn": claim["end_column"],
    }
    told = f"{claim['left']}{claim['right']}".encode()
    return {
        "ruleId": verdict,
        "kind": kind,
        "level": level,
        "message": {"text": message(claim)},
        "locations": [_location(path, region)],
        "partialFingerprints": {"klsym/1": hashlib.sha256(told).hexdigest()[:16]},
    }


def _error(path: str, error: Mapping[str, Any]) -> dict[str, Any]:
    region = {"startLine": error["line"], "startColumn": error["column"]}
    return {
        "ruleId": "error",
        "kind": "fail",
        "level": "error",
        "message": {"text": printable(f"{error['message']}. {error['help']}").strip()},
        "locations": [_location(path, region)],
    }


def message(claim: Mapping[str, Any]) -> str:
    """What is to be said of a claim, in one paragraph."""
    parts = [claim["verdict"]]
    if claim["expected"] not in ("proved", claim["verdict"]):
        parts[0] += f", and {claim['expected']} was expected"
    if claim["message"]:
        parts.append(claim["message"])
    found = claim["counterexample"]
    if found:
        parts.append(f"left = {found['statement']}, right = {found['formula']}")
    parts += [
        f"{slip['name']}: {slip['help']}; repair: {slip['repair']}" for slip in claim["diagnoses"]
    ]
    return printable(". ".join(parts))


def _location(path: str, region: Mapping[str, int]) -> dict[str, Any]:
    uri = quote(os.fsencode(path.replace("\\", "/")))
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": dict(region)}}
