"""People at work in front of the pages: signed in, with claims, notes and evidence from the rooms' own tests."""

import threading

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from thuchu.desk.accounts.models import Account
from thuchu.desk.accounts.session import SignedIn, sign_in
from thuchu.desk.evidence.requests import CAPTURE_JOB, fetch_requested
from thuchu.desk.jobs import worker
from thuchu.desk.jobs.queue import Task

SENTENCE = "Súc miệng bằng nước muối không diệt được vi rút."
PAGE = f"<title>Hỏi đáp của Bộ Y tế</title><p>Hỏi đáp.</p><p>{SENTENCE}</p><p>Rửa tay thì có ích.</p>".encode()


def as_person(client, view):
    """The same browser, with that person signed in."""
    session = SessionStore()
    epoch = Account.objects.get(pk=view.id).epoch
    sign_in(session, SignedIn(account_id=view.id, strong=False, epoch=epoch), now=timezone.now())
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def work_off(wire, home):
    """A worker's turn over the pages that were asked for."""

    def capture(number):
        fetch_requested(number, now=timezone.now(), wire=wire, home=home)

    table = {CAPTURE_JOB: Task(CAPTURE_JOB, capture)}
    return worker.run(table, stop=threading.Event(), now=timezone.now, until_empty=True)
