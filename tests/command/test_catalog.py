from __future__ import annotations

import pytest

from klsym.command.catalog import KINDS, Page, error_sites, explain, listing, pages
from klsym.divergences import divergences
from klsym.errors import KlsymError
from klsym.families import constructions, families, joint_families

DISTRIBUTIONS = {*families(), *joint_families(), *(c.name for c in constructions().values())}
PAGES = [page for kind in KINDS for page in pages(kind)]


def test_every_family_and_divergence_has_its_page() -> None:
    assert {page.name for page in pages("families")} == DISTRIBUTIONS
    assert {page.name for page in pages("divergences")} == divergences().keys()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_found_by_name_and_alias_in_any_spelling(page: Page) -> None:
    for name in (page.name, page.name.lower(), *page.aliases):
        assert page.text in explain(name)


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_pages_of_a_kind_have_one_name(kind: str) -> None:
    owners: dict[str, str] = {}
    for page in pages(kind):
        for name in (page.name, *page.aliases):
            assert owners.setdefault(name.lower(), page.name) == page.name


def test_a_family_and_a_rule_of_one_name_are_both_explained() -> None:
    page = explain("laplace")
    assert "Laplace (family)" in page
    assert "laplace (rule)" in page


def test_a_list_has_a_line_for_each() -> None:
    lines = listing("families").splitlines()
    assert len(lines) == len(DISTRIBUTIONS)
    assert all(
        line.startswith(f"{name} ") for line, name in zip(lines, sorted(DISTRIBUTIONS), strict=True)
    )


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(KlsymError) as caught:
        explain("Gausian")
    assert caught.value.name == "unknown-name"
    assert "did you mean Gaussian?" in caught.value.help


def test_every_error_has_a_page() -> None:
    errors = error_sites()
    assert "file-exists" in errors
    for name in errors:
        assert explain(name).startswith(name)
