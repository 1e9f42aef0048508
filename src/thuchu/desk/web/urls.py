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
    note,
    practice,
    publishers,
    rate,
    sample,
    work,
    write,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("q/<str:token>", answer.answer, name="answer"),
    path("q/<str:token>/said", feedback.feedback, name="feedback"),
    path("q/<str:token>/erase", erase.erase, name="erase"),
    path("erased/", erase.erased, name="erased"),
    path("f/", browse.browse, name="browse"),
    path("f/<slug:public_id>", fact_check.fact_check, name="fact_check"),
    path("c/<int:number>/write", write.evidence, {"of": "claim"}, name="write"),
    path("c/<int:number>/write/upload", write.upload, {"of": "claim"}),
    path("c/<int:number>/write/sources/<int:piece>", write.source, {"of": "claim"}),
    path("c/<int:number>/write/words", write.words, {"of": "claim"}),
    path("c/<int:number>/write/preview", write.preview, {"of": "claim"}),
    path("n/<int:number>", note.note, name="note"),
    path("n/<int:number>/edit", write.evidence, {"of": "note"}, name="edit"),
    path("n/<int:number>/edit/upload", write.upload, {"of": "note"}),
    path("n/<int:number>/edit/sources/<int:piece>", write.source, {"of": "note"}),
    path("n/<int:number>/edit/without", write.without, {"of": "note"}),
    path("n/<int:number>/edit/words", write.words, {"of": "note"}),
    path("n/<int:number>/edit/preview", write.preview, {"of": "note"}),
    path("n/<int:number>/withdraw", note.take_back, name="withdraw"),
    path("n/<int:number>/reuse", note.use_again, name="reuse"),
    path("n/<int:number>/rate", rate.rate, name="rate_note"),
    path("n/<int:number>/rate/retract", rate.retract, name="retract"),
    path("rate/", rate.to_rate_list, name="rate"),
    path("practice/", practice.practice, name="practice"),
    path("work/", work.work, name="work"),
    path("publishers/", publishers.publishers, name="publishers"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("about/", about.about, name="about"),
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
