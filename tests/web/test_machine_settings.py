"""What the operators' page of settings shows, and what it doesn't."""

import pytest
from signing_in import people_of, signed_in


@pytest.mark.django_db
def test_the_page_of_settings_shows_no_password(joined, home, settings):
    settings.THUCHU_DATABASE_URL = "postgresql://an:bimat@db.example/desk"

    page = signed_in(people_of(joined)["operator"].id).get("/machine/").content.decode()

    assert "db.example/desk" in page
    assert "bimat" not in page
