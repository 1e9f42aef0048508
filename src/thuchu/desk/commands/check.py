"""`thuchu check`: a message in, what is known about it out, for people or as JSON."""

import sys
from typing import Literal

from django.utils import timezone

from thuchu.desk.api.answers import answer_out
from thuchu.desk.commands.ready import ready
from thuchu.desk.commands.words import answer_lines, refusal_line
from thuchu.desk.journey import MessageRefused, ask


def run(message: str, *, as_json: bool, language: Literal["vi", "en"]) -> int:
    """Look `message` up and print the answer; 2 when it can't be looked up."""
    ready()
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
