"""`CleanText` cannot be had without `scrub`."""

import copy
import dataclasses
import pickle
import re
from pathlib import Path
from typing import Any, cast

import pytest

import thuchu
from thuchu.privacy import PLACEHOLDERS, CleanText, Finding, Kind, require_clean, restored, scrub

PHONE = "0912345678"


def test_clean_text_cannot_be_built_by_hand() -> None:
    make = cast(Any, CleanText)

    with pytest.raises(TypeError, match="built by privacy"):
        make("gọi " + PHONE)
    with pytest.raises(TypeError, match="built by privacy"):
        make(text="gọi " + PHONE, findings=())


def test_clean_text_cannot_be_filled_again() -> None:
    clean = scrub("tin gửi mẹ")

    with pytest.raises(dataclasses.FrozenInstanceError):
        cast(Any, clean).text = PHONE
    with pytest.raises(TypeError):
        dataclasses.replace(clean, text=PHONE)
    with pytest.raises(TypeError):
        cast(Any, clean).__setstate__({"text": PHONE, "findings": ()})


def test_clean_text_has_no_subclass() -> None:
    with pytest.raises(TypeError, match="no subclasses"):
        type("Dirty", (CleanText,), {})


def test_clean_text_is_not_pickled() -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match=r"restored\(\)"):
            pickle.dumps(scrub("tin gửi mẹ"), protocol)


def test_a_copy_of_clean_text_is_the_same_clean_text() -> None:
    clean = scrub("gọi " + PHONE)

    assert copy.copy(clean) is clean
    assert copy.deepcopy([clean])[0] is clean


def test_a_str_where_clean_text_is_wanted_fails_loudly_without_quoting_it() -> None:
    with pytest.raises(TypeError, match="CleanText is wanted here, got str") as failure:
        require_clean("gọi " + PHONE)

    assert PHONE not in str(failure.value)


def test_an_empty_shell_is_no_clean_text() -> None:
    shell = object.__new__(CleanText)

    with pytest.raises(TypeError):
        require_clean(shell)


def test_require_clean_hands_back_what_it_was_given() -> None:
    clean = scrub("tin gửi mẹ")

    assert require_clean(clean) is clean


def test_a_stored_row_is_scrubbed_again_when_it_comes_back() -> None:
    stored = scrub("gọi " + PHONE).text

    assert restored(stored) == scrub("gọi " + PHONE)
    assert PHONE not in restored("hàng chèn bằng tay: " + PHONE).text


def test_a_finding_says_where_its_placeholder_stands_and_nothing_else() -> None:
    clean = scrub("Gọi 0912 345 678 hoặc viết vidu@example.com")

    assert clean.findings == (Finding(Kind.PHONE, 4, 11), Finding(Kind.EMAIL, 22, 29))
    assert [clean.text[f.start : f.end] for f in clean.findings] == ["[phone]", "[email]"]


def test_every_kind_has_an_ascii_placeholder_in_brackets() -> None:
    assert set(PLACEHOLDERS) == set(Kind)
    assert all(re.fullmatch(r"\[[a-z ]+\]", placeholder) for placeholder in PLACEHOLDERS.values())


def test_only_scrub_imports_the_maker_of_clean_text() -> None:
    sources = Path(thuchu.__file__).parent.rglob("*.py")

    using = {path.name for path in sources if "build_clean" in path.read_text(encoding="utf-8")}

    assert using == {"clean.py", "scrub.py"}
