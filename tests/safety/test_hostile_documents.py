"""Whatever a document holds, it alone is read: no file outside its folder, and no program runs."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as ET

import hostile
import pytest
from answer import Ask

from klsym import run as klsym_run
from klsym.documents.report import Run
from klsym.shown import json_text

LIMITS = ("--time-limit", "20", "--memory-limit", "1024")
"""The time is that of reading a whole document, too."""
FORMS = ("text", "json", "jsonl", "markdown", "sarif", "junit", "github", "html")
NAMES = (
    "new\nline.md",
    "forged\n  proved\n::error::owned.md",
    "bell\x07\x1b]0;owned\x07.md",
    "\x1b[2J\x1b[Hescape.md",
    "c1\x9b2J.md",
    "\u202egnp.md",
    "zero\u200bwidth\ufeff.md",
    "\U0001f9e8 fire.md",
    "half\udcff.md",
    "$(touch canary).md",
    "`touch canary`; touch canary.md",
    "<script>alert(1)<script>.md",
    '" onclick="alert(1).md',
    "%0A::error::owned,line=1.md",
    "a|b|](javascript:alert(1)).md",
    "javascript:alert(1).md",
    "~.md",
    "-o.md",
    "--format.md",
    "\u0430.md",
)


LINKS = ("link", "link.tex", "up/secret", "up/secret.tex", "deep/link", "round/round/x", "self")
COMMANDS = ("input", "include", "subfile", "InputIfFileExists")
BYTES = (
    b"$$1 = \xff\xfe 2$$",
    b"\xff\xfe" + "$$1 = 2$$".encode("utf-16-le"),
    b"\xfe\xff" + "$$1 = 2$$".encode("utf-16-be"),
    "$$1 = 2$$".encode("utf-32"),
    b"$$1 = \xc0\xaf 2$$",
    b"$$1 = \xed\xa0\x80 2$$",
    b"$$1 = \xf4\x90\x80\x80 2$$",
    b"$$1 = 2$$\0",
    "a \ufeff $$1 = \ufeff 2$$ \ufeff".encode(),
    b"\\usepackage[latin1]{inputenc} $$1 = \x9b2J$$",
    b"\x1b[2J $$1 = 2$$ \x1b]0;owned\x07",
    "\u202e $$1 = 2 \u202d$$ \u2066".encode(),
    "$$1 = 2\u2028$$ \u2029\x0b\x0c\x1c\x85".encode(),
    b"\r$$1 = 2$$\r\n\n\r",
    b"%!PS-Adobe",
    b"#!/bin/sh\ntouch canary\n",
)
LONG = (
    "[" * 5_000,
    "*" * 20_000,
    "> " * 2_000 + "$1 = 2$",
    "- " * 2_000 + "$1 = 2$",
    "`" * 20_000,
    "<" * 20_000,
    "<!--" * 5_000,
    "<!-- klsym: " * 1_000,
    "\\(" * 5_000,
    "\\begin{aligned}" * 2_000,
    "$" * 20_001,
    "|" * 20_000 + "\n" + "|-" * 10_000,
    "&" * 20_000,
    "![" * 5_000 + "](" * 5_000,
    "{" * 20_000,
    "---\nklsym:\n" + "  let: a positive\n" * 500 + "---\n",
)


@pytest.fixture
def within(folder: Path) -> Iterator[Path]:
    """A fresh folder that may be read, beside a file that may not."""
    inner = folder / "inner"
    inner.mkdir()
    (folder.parent / "secret.tex").write_text("\\[ 1 = 2 \\text{secret} \\]")
    yield inner
    shutil.rmtree(inner)


def test_a_document_is_read_and_nothing_else_happens(within: Path, ask: Ask) -> None:
    for path in (hostile.FOLDER / "documents").iterdir():
        shutil.copy(path, within)
    for name, text in hostile.notebooks().items():
        (within / f"{name}.ipynb").write_text(text)
    answer = ask("run", "inner", *LIMITS)
    assert answer.faults() == []
    assert answer.code == 2
    assert "root:" not in answer.output
    assert "text{secret}" not in answer.output


@pytest.mark.parametrize("group", ["calls", "powers", "functions", "signs", "macros"])
def test_a_formula_in_a_document_costs_itself_alone(group: str, within: Path, ask: Ask) -> None:
    given = hostile.formulas()[group]
    texts = [text.encode("utf-8", "replace").decode() for text in given if "\0" not in text]
    (within / "paper.md").write_text("".join(f"$$\n1 = {t}\n$$\n\n" for t in texts) + "$$1=1$$")
    answer = ask("run", "inner", "--time-limit", "3", "--memory-limit", "1024", "--format", "json")
    assert answer.faults() == []
    (document,) = json.loads(answer.output)["documents"]
    assert document["counts"]["proved"] >= 1


def test_no_link_leads_out_of_the_folder(within: Path, ask: Ask) -> None:
    (within / "link.tex").symlink_to("../../secret.tex")
    (within / "up").symlink_to("../..")
    (within / "deep").mkdir()
    (within / "deep" / "link.tex").symlink_to(within / "link.tex")
    (within / "round").symlink_to(".")
    (within / "self.tex").symlink_to("self.tex")
    paths = []
    for number, (command, name) in enumerate(product(COMMANDS, LINKS)):
        paths.append(f"inner/paper-{number}.tex")
        text = f"\\newcommand\\f{{{name}}}\n\\{command}{{{name}}}{{}}{{}}\n"
        text += f"\\{command}{{\\f}}{{}}{{}}\n\\[ 1 = 1 \\]\n"
        Path(paths[-1]).write_text(text)
    answer = ask("run", *paths, *LIMITS)
    assert answer.faults() == []
    assert "text{secret}" not in answer.output
    assert answer.output.count("1 proved") == len(paths)


def test_what_is_no_file_is_not_waited_for(within: Path, ask: Ask) -> None:
    os.mkfifo(within / "pipe.md")
    os.mkfifo(within / "pipe.tex")
    (within / "device.md").symlink_to("/dev/zero")
    (within / "paper.tex").write_text("\\input{pipe}\n\\[ 1 = 1 \\]\n")
    answer = ask("run", "inner", *LIMITS)
    assert answer.faults() == []
    assert answer.errors.count("neither a file nor a folder") == 3
    assert answer.code == 2


def test_bytes_that_are_no_plain_text_reach_nobody(within: Path, ask: Ask) -> None:
    for suffix, (number, content) in product((".md", ".tex", ".ipynb"), enumerate(BYTES)):
        (within / f"{number}{suffix}").write_bytes(content)
    assert ask("run", "inner", *LIMITS, "-v").faults() == []


def test_a_document_of_one_sign_ends(within: Path, ask: Ask) -> None:
    for suffix, (number, text) in product((".md", ".tex"), enumerate(LONG)):
        (within / f"{number}{suffix}").write_text(text)
    assert ask("run", "inner", *LIMITS).faults() == []


def test_a_name_that_begins_with_a_dash_is_a_file_after_two(within: Path, ask: Ask) -> None:
    Path("-o.md").write_text("$$1 = 1$$\n")
    answer = ask("run", *LIMITS, "--", "-o.md")
    assert answer.faults() == []
    assert answer.code == 0


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Documents whose names and labels want to be commands, as they were decided."""
    inner = tmp_path_factory.mktemp("named")
    for name in ("markup.md", "workflow-commands.md"):
        shutil.copy(hostile.FOLDER / "documents" / name, inner)
    (inner / "cells.ipynb").write_text(hostile.notebooks()["cells"])
    for number, name in enumerate(NAMES):
        (inner / name).write_text(f"$$1 = {number + 2}$$\n")
    return klsym_run([inner])


@pytest.mark.parametrize("form", FORMS)
def test_no_report_shows_what_steers_its_reader(form: str, ran: Run) -> None:
    output = json_text(ran.to_dict()) if form == "json" else getattr(ran, f"to_{form}")()
    if form != "html":
        signs = {sign for sign in output if not (sign.isprintable() or sign == "\n")}
        assert signs == set()
    CHECKS[form](output)


def _text(output: str) -> None:
    assert not re.search(r"^\s*::", output, re.MULTILINE)
    assert not re.search(r"^  proved$", output, re.MULTILINE)


def _json(output: str) -> None:
    documents = json.loads(output)["documents"]
    assert {Path(each["path"]).name for each in documents} >= set(NAMES)


def _jsonl(output: str) -> None:
    documents = [json.loads(line) for line in output.splitlines()]
    assert {Path(each["path"]).name for each in documents} >= set(NAMES)


def _markdown(output: str) -> None:
    prose = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", output)
    assert "<" not in prose
    assert not re.search(r"(?<!\\)\]\(", prose)


def _sarif(output: str) -> None:
    for result in json.loads(output)["runs"][0]["results"]:
        (location,) = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[\w.~%/-]+", uri, re.ASCII)


def _junit(output: str) -> None:
    tags = {element.tag for element in ET.fromstring(output).iter()}
    assert tags <= {"testsuites", "testsuite", "testcase", "failure", "error", "skipped"}


def _github(output: str) -> None:
    *commands, counts = output.splitlines()
    for command in commands:
        assert re.fullmatch(r"::(error|warning) file=[^,]*(,\w+=[^,:]*(: ?[^,:]*)?)*::.*", command)
    assert not counts.startswith("::")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


class _Page(HTMLParser):
    """Refuses whatever an HTML report has no need of."""

    TAGS = _words(
        """
        html head meta title style body h1 h2 p fieldset legend label input nav main
        section article div span a code pre mark table tr th td details summary ul ol li
        strong math semantics annotation mrow mi mn mo mtext mspace mfrac msup msub
        msubsup msqrt mroot mover munder munderover mtable mtr mtd mpadded mstyle
        mphantom menclose merror
        """
    )
    ATTRIBUTES = _words(
        """
        lang charset http-equiv content name class id for type checked href
        """
    )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.TAGS
        for name, value in attrs:
            assert not name.startswith("on")
            assert name != "src"
            if name == "style":
                assert "url" not in (value or "")
            if name == "href":
                assert re.fullmatch(r"#document-\d+|[\w.~%/-]+#L\d+", value or "", re.ASCII)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def _html(output: str) -> None:
    page = _Page()
    page.feed(output)
    page.close()
    assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", output)


CHECKS = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "markdown": _markdown,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "html": _html,
}
