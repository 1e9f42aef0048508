"""Every refusal is a sentence with a next step, and quotes nobody."""

import inspect
import re

import pytest

from thuchu.desk.accounts import refusals
from thuchu.desk.accounts.refusals import AccountRefused

ALL = [c for _, c in inspect.getmembers(refusals, inspect.isclass) if issubclass(c, AccountRefused)]
SAID = [c for c in ALL if c.message]
BRANCHES = [c for c in ALL if not c.message]


@pytest.mark.parametrize("refusal", SAID)
def test_a_refusal_is_a_sentence_that_ends(refusal):
    values = dict.fromkeys(re.findall(r"%\((\w+)\)s", refusal.message), 7)

    said = str(refusal(**values))

    assert said[0].isupper()
    assert said.endswith(".")
    assert "%" not in said
    assert not set(values) - {"got", "least", "most", "days", "hours", "minutes", "seconds", "host"}


def test_what_says_nothing_is_only_a_branch():
    assert all(branch.__subclasses__() for branch in BRANCHES)
