"""`thuchu check`: a message in, what is known about it out, for people or as JSON."""

import sys
from typing import Literal

from django.utils import timezone

from thuchu.desk.api.answers import answer_out
from thuchu.desk.commands.ready import ready
from thuchu.desk.commands.words import answer_lines, refusal_line
from thuchu.desk.journey import MessageRefused, ask
from thuchu.text.language import detect

Language = Literal["vi", "en"]


def run(message: str, *, as_json: bool, language: Language | None) -> int:
    """Look `message` up and print the answer, in the message's language unless one is named.

    gives back  2 when it can't be looked up
    """
    ready()
    language = language or _language_of(message)
    try:
        asked = ask(message, door="cli", page_language=language, now=timezone.now())
    except MessageRefused as refused:
        print(refusal_line(refused, language), file=sys.stderr)
        return 2
    answer = answer_out(asked)
    if as_json:
        print(answer.model_dump_json())
    else:
        print("\n".join(answer_lines(answer, language)))
    return 0


def _language_of(message: str) -> Language:
    """Vietnamese for everything that isn't English: whoever asks here reads it more likely than not."""
    return "en" if detect(message) == "en" else "vi"
