"""The API against its own document: whatever schemathesis thinks of, never a 500 and never an undocumented form."""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from thuchu.desk.intake import limits

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def load():
    from thuchu.desk.api.urls import api

    return api.get_openapi_schema(path_prefix="/api/v1/")


@pytest.fixture
def generous(db, home, settings):
    settings.THUCHU_CHECKS_PER_MINUTE = 100_000
    limits.limiter.cache_clear()
    yield
    limits.limiter.cache_clear()


def calls(client, examples):
    from thuchu.desk.wsgi import application

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    tried = []
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        )
        @schemathesis_given(operation)
        def one(case):
            response = case.call()
            case.validate_response(response, checks=[not_a_server_error])
            tried.append(response.status_code)

        one()
    return tried


def schemathesis_given(operation):
    from hypothesis import given

    return given(case=operation.as_strategy())


def test_what_the_document_allows_is_never_a_server_error(generous, client):
    tried = calls(client, examples=25)

    assert len(tried) >= 50
    assert 500 not in tried


@pytest.mark.long
def test_what_the_document_allows_is_never_a_server_error_at_length(generous, client):
    assert 500 not in calls(client, examples=1500)
