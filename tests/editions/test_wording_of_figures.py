"""Everything that papers say of figures is said in both languages."""

import pytest
from django.utils.translation import override

from thuchu.desk.reviews import figure_wording, wording
from thuchu.figures.definitions import DEFINITIONS

BY_KEY = ("TITLES", "MEANINGS", "NOTES")


@pytest.mark.parametrize("named", BY_KEY)
def test_every_figure_has_its_words(named):
    assert set(getattr(figure_wording, named)) == set(DEFINITIONS)


@pytest.mark.parametrize("words", [*(getattr(figure_wording, name) for name in (*BY_KEY, "METHODS", "PARTS"))])
def test_words_of_figures_differ_between_the_languages(words):
    from django.utils.translation import gettext

    for said in words.values():
        with override("vi"):
            assert gettext(said) != said, said


def test_words_of_reviews_differ_between_the_languages():
    from django.utils.translation import gettext

    for words in (wording.ROLES, wording.PRESENCES, wording.OUTCOMES, wording.AMENDED, wording.ITEMS):
        for said in words.values():
            with override("vi"):
                assert gettext(said) != said, said
