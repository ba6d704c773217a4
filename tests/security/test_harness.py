"""The search for credentials finds them wherever they are."""

from __future__ import annotations

import logging

import pytest

from aggregator.secret import Secret

pytest_plugins = ["pytester"]

LEAKS = {
    "log": "logging.getLogger('anything').debug('token %s', SECRET)",
    "output": "print(SECRET)",
    "file": "(tmp_path / 'snapshot.jsonl').write_text(SECRET)",
    "failure": "raise ValueError(SECRET)",
}

SUITE = """
import logging
import pytest
from aggregator.secret import Secret

SECRET = "a-credential-that-leaks"

def test_it(tmp_path):
    kept = Secret(SECRET)
    {leak}
"""


@pytest.mark.prints_secrets
@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_fails_the_test(leak: str, pytester: pytest.Pytester) -> None:
    """A credential in a log line, on standard output, in a snapshot or in a failure's text fails the test."""
    pytester.makeconftest("from tests.security.harness import pytest_runtest_makereport")
    pytester.makepyfile(SUITE.format(leak=LEAKS[leak]))
    result = pytester.runpytest_inprocess("-q", "--log-level=DEBUG", "-p", "no:cacheprovider")
    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines(["*A credential stands in the clear in*"])
    result.stdout.no_fnmatch_line("*a-credential-that-leaks*Error*")


SHORT = """
import pytest
from aggregator.secret import Secret

def test_it():
    Secret("t0ken")

@pytest.mark.odd_credentials
def test_odd():
    Secret("t0ken")
"""


@pytest.mark.odd_credentials
def test_a_credential_that_cannot_be_searched_for_fails_the_test(pytester: pytest.Pytester) -> None:
    """It is too short to be told from a word: the test takes a longer one, or is marked."""
    pytester.makeini("[pytest]\nmarkers = odd_credentials")
    pytester.makeconftest("from tests.security.harness import pytest_runtest_makereport")
    pytester.makepyfile(SHORT)
    result = pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider")
    assert result.parseoutcomes() == {"failed": 1, "passed": 1}
    result.stdout.fnmatch_lines(["*shorter than 12 characters*"])


def test_a_test_that_keeps_its_secret_passes(caplog: pytest.LogCaptureFixture) -> None:
    """What is masked is no leak."""
    kept = Secret("a-credential-that-is-kept")
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("aggregator.test").info("token %s", kept)
    assert "***" in caplog.text
