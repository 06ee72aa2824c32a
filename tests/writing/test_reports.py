from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import junitparser
import pytest

from klsym import run
from klsym.documents.report import Run

SARIF = json.loads((Path(__file__).parents[1] / "data" / "sarif-2.1.0.json").read_text())

GOOD_AND_BAD = r"""
# A normal <b>divergence</b>

Let $p \sim N(\mu, \sigma^2)$ and $q \sim N(0, 1)$.

$$ KL(p || q) = \frac{1}{2}(\mu^2 + \sigma^2 - 1) - \log \sigma $$

$$ KL(p || q) = \frac{1}{2}(\mu^2 + \sigma^2 - 1) + \log \sigma $$

$$ KL(p || q) = \foobar{<script>alert(1)</script>} $$

<!-- klsym: expect refuted -->

$$ KL(p || q) = 0 $$
"""

HOSTILE = r"""
$$ \text{<script>alert(1)</script>} = \text{"><img src=x onerror=alert(2)>} $$

$$ KL(p || q) = \href{javascript:alert(3)}{x} $$

<!-- klsym: let p = "><script>alert(4)</script> -->

$$ a</code><script>alert(5)</script> = 1 $$
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "good and bad.md").write_text(GOOD_AND_BAD)
    return run([folder])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "<script>alert(0)</script>.md".replace("/", "\u2215")).write_text(HOSTILE)
    (folder / "javascript:alert(6).md").write_text(GOOD_AND_BAD)
    return run([folder])


def elements(page: str) -> list[ET.Element]:
    """The elements of a page, which is also XML once its void elements are closed."""
    closed = re.sub(r"<(meta|input)([^>]*)>", r"<\1\2/>", page.partition("\n")[2])
    return list(ET.fromstring(closed.replace("&nbsp;", " ")).iter())


def test_a_page_has_an_article_for_each_claim(found: Run) -> None:
    articles = [e.get("class") for e in elements(found.to_html()) if e.tag == "article"]
    assert articles == ["proved", "refuted", "unread", "refuted"]


def test_a_page_asks_for_nothing_from_elsewhere(found: Run) -> None:
    page = found.to_html()
    tags = {element.tag for element in elements(page)}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form"}
    assert "default-src 'none'" in page
    assert "url(" not in page
    assert "@import" not in page


def test_what_a_hostile_document_writes_stays_text(hostile: Run) -> None:
    page = hostile.to_html()
    for element in elements(page):
        assert element.tag not in ("script", "img", "iframe")
        assert not [name for name in element.attrib if name.startswith("on")]
        target = element.get("href", "#")
        assert target.startswith(("#", "/")) or ":" not in target


def test_formulas_are_set_as_mathml_and_unknown_macros_shown_as_source(found: Run) -> None:
    page = found.to_html()
    assert page.count("<math") >= 3
    assert r"<code>KL(p || q) = \foobar{" in page


def test_the_derivation_of_a_divergence_can_be_unfolded(found: Run) -> None:
    summaries = [e.text for e in elements(found.to_html()) if e.tag == "summary"]
    # The one that is unread has none.
    assert summaries.count("derivation") == 3


def test_each_verdict_has_its_filter(found: Run) -> None:
    boxes = [e.get("id") for e in elements(found.to_html()) if e.tag == "input"]
    assert boxes == ["show-proved", "show-refuted", "show-unread"]


def test_sarif_keeps_its_schema_and_points_at_the_line(found: Run) -> None:
    log = json.loads(found.to_sarif())
    jsonschema.Draft7Validator(SARIF).validate(log)
    results = log["runs"][0]["results"]
    assert [(r["kind"], r["level"]) for r in results] == [
        ("pass", "none"),
        ("fail", "error"),
        ("open", "none"),
        ("pass", "none"),
    ]
    region = results[1]["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] == 8
    assert GOOD_AND_BAD.splitlines()[7][region["startColumn"] - 1 :].startswith(r"\frac{1}{2}")


def test_junit_counts_what_is_not_as_expected(found: Run) -> None:
    suites = junitparser.JUnitXml.fromroot(ET.fromstring(found.to_junit()))
    assert (suites.tests, suites.failures, suites.errors, suites.skipped) == (4, 1, 1, 0)


def test_github_annotates_what_is_not_as_expected(found: Run) -> None:
    lines = found.to_github().splitlines()
    assert [line.partition(" ")[0] for line in lines[:-1]] == ["::error", "::warning"]
    assert "line=8,endLine=8" in lines[0]
    assert lines[-1] == "1 proved, 2 refuted, 1 unread"


def test_an_annotation_cannot_be_broken_out_of(hostile: Run) -> None:
    for line in hostile.to_github().splitlines()[:-1]:
        assert re.match(r"::(error|warning) file=[^:]*(,\w+=[^:,]*)*::", line)


def test_a_line_of_json_stands_for_each_document(hostile: Run) -> None:
    lines = [json.loads(line) for line in hostile.to_jsonl().splitlines()]
    assert lines == hostile.to_dict()["documents"]


def test_markdown_has_a_row_for_each_claim(found: Run) -> None:
    text = found.to_markdown()
    assert text.count("| ✅ |") == 1
    assert text.count("| ❌ |") == 2
    assert "<script>" not in re.sub(r"`[^`\n]*`", "", text)


def test_a_notebook_sees_a_table(found: Run) -> None:
    root = ET.parse(io.StringIO(found._repr_html_())).getroot()
    assert len(root.findall("tr")) == 1 + len(found.claims)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    """A headless Chromium."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in (
        "headless",
        "no-sandbox",
        "disable-gpu",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        f"user-data-dir={tmp_path / 'profile'}",
    ):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


@pytest.mark.chromium
def test_a_browser_shows_a_page_without_complaint(
    browser: Any, found: Run, hostile: Run, tmp_path: Path
) -> None:
    for name, report in (("found", found), ("hostile", hostile)):
        page = tmp_path / f"{name}.html"
        page.write_text(report.to_html())
        browser.get(page.as_uri())
        assert browser.get_log("browser") == []
        shown = browser.execute_script(
            "document.querySelectorAll('pre, code').forEach(e => e.remove());"
            "return document.body.innerText"
        )
        assert "$" not in shown
        assert "What klsym found" in shown


@pytest.mark.chromium
def test_filters_work_by_keyboard(browser: Any, found: Run, tmp_path: Path) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    page = tmp_path / "report.html"
    page.write_text(found.to_html())
    browser.get(page.as_uri())
    refuted = browser.find_elements(By.CSS_SELECTOR, "article.refuted")
    proved = browser.find_elements(By.CSS_SELECTOR, "article.proved")
    assert all(article.is_displayed() for article in (*refuted, *proved))
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB, Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.SPACE)
    assert not any(article.is_displayed() for article in refuted)
    assert all(article.is_displayed() for article in proved)
