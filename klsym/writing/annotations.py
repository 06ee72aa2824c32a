"""A run over documents as GitHub annotations: one workflow command for each claim not as expected.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from klsym.shown import printable
from klsym.writing.documents import summary
from klsym.writing.sarif import message


def github(result: Mapping[str, Any]) -> str:
    """The answer of ``klsym run`` as workflow commands, and the counts in a last line."""
    return "\n".join([*_commands(result), summary(result["counts"])])


def _commands(result: Mapping[str, Any]) -> Iterator[str]:
    for document in result["documents"]:
        path = document["path"]
        for claim in document["claims"]:
            if claim["verdict"] == claim["expected"]:
                continue
            decided = claim["verdict"] in ("proved", "refuted")
            where = {
                "line": claim["line"],
                "endLine": claim["end_line"],
                "col": claim["column"],
                "title": f"klsym: {claim['verdict']}",
            }
            yield _command("error" if decided else "warning", path, where, message(claim))
        for error in document["errors"]:
            where = {"line": error["line"], "col": error["column"], "title": "klsym"}
            yield _command("error", path, where, f"{error['message']}. {error['help']}")


def _command(level: str, path: str, where: Mapping[str, Any], told: str) -> str:
    values = {"file": path, **where}
    properties = ",".join(f"{name}={_property(value)}" for name, value in values.items())
    return f"::{level} {properties}::{_data(told)}"


def _data(text: object) -> str:
    shown = printable(str(text))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
