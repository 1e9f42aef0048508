"""Every address of the desk, in the order people meet them."""

from django.urls import include, path

from thuchu.desk.web.pages import (
    about,
    answer,
    browse,
    erase,
    errors,
    fact_check,
    feedback,
    home,
    language,
    ledger,
    machines,
    publishers,
    sample,
    sample_people,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("q/<str:token>", answer.answer, name="answer"),
    path("q/<str:token>/said", feedback.feedback, name="feedback"),
    path("q/<str:token>/erase", erase.erase, name="erase"),
    path("erased/", erase.erased, name="erased"),
    path("f/", browse.browse, name="browse"),
    path("f/<slug:public_id>", fact_check.fact_check, name="fact_check"),
    path("publishers/", publishers.publishers, name="publishers"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("about/", about.about, name="about"),
    path("sample/people", sample_people.sample_people, name="sample_people"),
    path("sample/<slug:slug>", sample.sample, name="sample"),
    path("language", language.language, name="language"),
    path("robots.txt", machines.robots),
    path("favicon.ico", machines.icon),
    # By name: pages and API are neighbours that don't import each other.
    path("api/v1/", include("thuchu.desk.api.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.our_fault
