"""The sitemap names what search engines may show, and nothing else."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone
from small_library import SALT, STORM

from publishing.test_rounds_of_a_desk import TwoCamps
from thuchu.desk import journey
from thuchu.desk.library.agreed import name_of
from thuchu.desk.library.reads import by_url
from thuchu.desk.web.pages import sitemaps

pytestmark = pytest.mark.django_db

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def places(client, path, desk="http://127.0.0.1:8000"):
    root = ET.fromstring(client.get(path).content)
    return [loc.text.removeprefix(desk) for loc in root.iter(f"{SPACE}loc")]


def everything(client):
    return [place for file in places(client, "/sitemap.xml") for place in places(client, file)]


def test_current_fact_checks_and_claims_with_helpful_notes_stand_in_it(home, vi, take_in):
    camps = TwoCamps(timezone.now() - timedelta(hours=3))
    journey.settle(now=camps.now)
    journey.settle(now=camps.now + timedelta(minutes=30))
    take_in(SALT, STORM)
    journey.withdraw_from(STORM["url"], "nguồn đã đính chính", now=timezone.now())

    named = everything(vi)

    agreed = {f"/f/{name_of(note)}" for note in camps.bridging} | {
        f"/c/{each}" for each in camps.claims_of(camps.bridging)
    }
    assert agreed | {by_url(SALT["url"]).page_path, "/", "/f/"} <= set(named)
    assert {"/corrections/", "/open-data/", "/board/", "/reviews/", "/commitments/"} <= set(named)
    assert by_url(STORM["url"]).page_path not in named
    others = {f"/c/{number}" for number in camps.claims_of(set(camps.notes) - camps.bridging)}
    assert not others & set(named)
    for place in named:
        response = vi.get(place)
        assert response.status_code == 200
        assert "noindex" not in response.content.decode()
        assert "noindex" not in response.get("X-Robots-Tag", "")


def test_a_file_holds_no_more_than_may_stand_in_one(home, vi, take_in, monkeypatch):
    monkeypatch.setattr(sitemaps, "ADDRESSES_MAX", 1)
    take_in(SALT, STORM)

    files = [file for file in places(vi, "/sitemap.xml") if "fact-checks" in file]

    assert len(files) >= 2
    assert all(len(places(vi, file)) <= 1 for file in files)


@pytest.mark.parametrize(
    "path", ["/sitemap-pages-2.xml", "/sitemap-claims-9.xml", "/sitemap-x-1.xml", "/sitemap-pages-0.xml"]
)
def test_a_file_that_the_index_does_not_name_is_not_there(home, vi, path):
    assert vi.get(path).status_code == 404


def test_crawlers_are_told_where_it_is(home, vi):
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in vi.get("/robots.txt").content.decode()
