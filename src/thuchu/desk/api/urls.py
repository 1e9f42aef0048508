"""The API's addresses and its OpenAPI document."""

from django.urls import path
from ninja import NinjaAPI

from thuchu import __version__
from thuchu.desk.api.problems import install
from thuchu.desk.api.v1 import check, claims, events, fact_checks, inquiries, reports, wishes

api = NinjaAPI(
    title="Thực Hư",
    version=__version__,
    description="Look a message up among published fact-checks. Reading and asking need no account; nothing says who "
    "asked. Programs that ask for many people carry a token; no token writes a note or a rating.",
    docs_url=None,
    urls_namespace="api-1",
)
api.add_router("", check.router)
api.add_router("", fact_checks.router)
api.add_router("", claims.router)
api.add_router("", events.router)
api.add_router("", wishes.router)
api.add_router("", reports.router)
api.add_router("", inquiries.router)
install(api)

urlpatterns = [path("", api.urls)]
