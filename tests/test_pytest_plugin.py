from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

PAPER = r"""
Let $p \sim N(\mu, \sigma^2)$ and $q \sim N(0, 1)$.

$$ KL(p || q) = \frac{1}{2}(\mu^2 + \sigma^2 - 1) - \log \sigma $$

$$ KL(p || q) = \frac{1}{2}(\mu^2 + \sigma^2 - 1) + \log \sigma $$

<!-- klsym: expect refuted -->

$$ KL(p || q) = 0 $$
"""


@pytest.fixture
def plugin(pytestconfig: pytest.Config) -> list[str]:
    """What loads the plugin where klsym was installed before it had one."""
    return [] if pytestconfig.pluginmanager.has_plugin("klsym") else ["-p", "klsym.pytest_plugin"]


def test_each_claim_of_a_document_is_a_test(pytester: pytest.Pytester, plugin: list[str]) -> None:
    pytester.makefile(".md", paper=PAPER)
    result = pytester.runpytest_inprocess(*plugin, "--klsym")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*paper.md:5:17", "*refuted*left = *right = *"])


def test_documents_are_left_alone_unless_asked_for(
    pytester: pytest.Pytester, plugin: list[str]
) -> None:
    pytester.makefile(".md", paper=PAPER)
    result = pytester.runpytest_inprocess(*plugin)
    result.assert_outcomes()


def test_what_cannot_be_read_of_a_document_is_a_failure(
    pytester: pytest.Pytester, plugin: list[str]
) -> None:
    pytester.makefile(".md", paper="<!-- klsym: lett p -->\n\n$$ 1 = 1 $$\n")
    result = pytester.runpytest_inprocess(*plugin, "--klsym")
    result.assert_outcomes(passed=1, failed=1)
