"""schema.json: what each file of a dump holds, line by line, as JSON Schema (draft 2020-12)."""

import json
from typing import Any

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _object(about: str, **fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "description": about,
        "properties": fields,
        "required": sorted(fields),
        "additionalProperties": False,
    }


def _whole(about: str, least: int = 1) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "description": about}


def _text(about: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "description": about, **more}


def _list(about: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": about, "items": items}


_SHA256 = {"pattern": "^[0-9a-f]{64}$"}
_DAY = {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_OR_NO_DAY = {"type": ["string", "null"], **_DAY}
_VERDICT = {"enum": ["false", "misleading", "outdated", "unproven", "true"]}
_SEQ = _whole("number of the entry that says so")

_EVIDENCE = _object(
    "one piece of evidence, as the note's page shows it",
    number=_whole("its number"),
    address=_text("where it can be opened; empty for an upload whose place nobody said"),
    title=_text("of the page"),
    sentence=_text("the page's own words; empty where there is only a description"),
    before=_text("what stands before the sentence"),
    after=_text("what stands after it"),
    description=_text("what a picture shows, in the contributor's words"),
    how={"enum": ["fetched", "uploaded"]},
    captured_on=_text("the day it was kept, UTC", **_DAY),
    sha256=_text("of the bytes kept, which nobody is shown", **_SHA256),
)
_WITHHELD = _object(
    "a passage that two coordinators hid; […] stands in its place",
    reason={"enum": ["court_order", "doxxing", "danger"]},
    until=_text("the day on which it ends by itself, UTC", **_DAY),
    court_order=_text("the order, where there is one"),
)

SCHEMA: dict[str, Any] = {
    "$schema": DRAFT,
    "$id": "urn:thuchu:dump:1",
    "title": "A public dump of a Thực Hư desk, format 1",
    "description": "Each definition is one line of the .jsonl file of its name, or the whole .json file.",
    "$defs": {
        "entries": _object(
            "An entry of the ledger. hash is SHA-256 over 'thuchu ledger entry 1\\n', the hash before it (32 zero "
            "bytes for the first) and the canonical JSON of the other five fields; docs/ledger.md describes the kinds.",
            seq=_whole("counts from 1 without gaps"),
            time_ms=_whole("UTC, milliseconds since 1970; of ratings, the moment of their batch", 0),
            kind=_text("room, dot, what happened"),
            subject=_text("what it is about, as note:12"),
            body={"type": "object", "description": "what the kind carries"},
            hash=_text("in hexadecimal", **_SHA256),
        ),
        "notes": _object(
            "A version of a note, in the words that its page shows; erased notes are left out.",
            note=_whole("its number"),
            version=_whole("counts from 1"),
            stands={"type": "boolean", "description": "is it the note's last version, and the note not withdrawn"},
            claim=_whole("number of the claim it answers"),
            author=_text("a chosen name, or a random one when its person has left"),
            verdict=_VERDICT,
            text=_text("SHA-256 of it stands in the ledger, unless passages are withheld"),
            withheld=_list("passages that are hidden, as of the dump's last entry", _WITHHELD),
            evidence=_list("in the author's order; at least one", _EVIDENCE),
            ai_drafted={"type": "boolean", "description": "its author declared that a machine drafted it"},
            copied_from={"type": ["integer", "null"], "description": "number of the note that its words come from"},
        ),
        "ratings": _object(
            "A rating as it was entered. It stands in place of what the same rater said of that note before.",
            seq=_SEQ,
            round={"type": ["integer", "null"], "description": "the first round that counts it"},
            note=_whole("number of the note"),
            version=_whole("the one that was rated"),
            rater=_text("a random number, unlinked to any name", pattern="^[0-9]{1,19}$"),
            rating={"enum": ["helpful", "somewhat_helpful", "not_helpful", "retracted"]},
            reasons=_list("why; none of a rating that was taken back", _text("its code")),
        ),
        "rounds": _object(
            "A computation of every status.",
            round=_whole("counts from 1"),
            seq=_SEQ,
            time_ms=_whole("when it was held, UTC, milliseconds since 1970", 0),
            up_to=_whole("the last entry that it counts", 0),
            batch=_whole("the last batch of ratings that it counts", 0),
            params=_text("name and version of the rule set"),
            ratings=_whole("how many stand", 0),
            raters=_whole("how many gave them", 0),
            notes=_whole("how many have a status", 0),
            statuses_digest=_text("SHA-256 over [note, version, status, rule] of all, by number", **_SHA256),
        ),
        "statuses": _object(
            "What a round changed. A note has the status of its last line here up to the round in question.",
            round=_whole("the round that says so"),
            seq=_SEQ,
            note=_whole("number of the note"),
            version=_whole("the one that was rated"),
            status={"enum": ["helpful", "not_helpful", "needs_more_ratings", "none"]},
            rule=_text("id of the rule that decided, as in rules.json; empty for none"),
        ),
        "fact_checks": _object(
            "A fact-check, as its page shows it: one that lost its agreement, or was withdrawn, without its answer.",
            id=_text("its permanent name: /f/ID"),
            state={"enum": ["current", "withdrawn", "no_longer_agreed"]},
            disputed={"type": "boolean", "description": "agreed notes on the same claim have other verdicts"},
            note={
                "type": ["integer", "null"],
                "description": "the note of this desk that was agreed, with its words",
            },
            note_version={"type": ["integer", "null"]},
            publisher=_text("who published it"),
            url=_text("where"),
            claim=_text("what was checked"),
            title=_text("of an imported one"),
            verdict={"enum": [*_VERDICT["enum"], None]},
            verdict_words=_text("the publisher's own"),
            explanation=_text("the publisher's; empty for a note's, whose words are in notes.jsonl"),
            language=_text("tag"),
            published_on=_OR_NO_DAY,
            changed_on=_OR_NO_DAY,
            ended_on=_OR_NO_DAY,
            ended_because=_text("the reason given"),
            citations=_list("addresses that an imported one names", _text("address")),
            licence=_text("as its publisher states it"),
        ),
        "rules": _object(
            "The rule set of desks.",
            editions=_list(
                "oldest first; a round names its own. docs/consensus.md says what each number is for",
                {"type": "object", "required": ["name", "version", "rules"]},
            ),
            rules=_list(
                "those that any edition asks, and last the one for when none answers",
                _object(
                    "a rule",
                    id=_text("as in statuses.jsonl"),
                    version=_whole("another number is another rule"),
                    sentence=_text("what it asks"),
                    en=_text("as pages say it"),
                    vi=_text("như các trang nói"),
                ),
            ),
        ),
        "manifest": _object(
            "What the dump says of itself.",
            kind={"const": "thuchu public dump"},
            format={"const": 1},
            desk=_object("whose it is", name=_text("its name"), address=_text("where it is reached")),
            ledger=_object(
                "the last entry in it",
                seq=_whole("its number", 0),
                hash=_text("its hash", **_SHA256),
                time_ms=_whole("its time; what was withheld then is withheld here", 0),
            ),
            files={
                "type": "object",
                "description": "SHA-256 of every file but this one, by name",
                "additionalProperties": _text("in hexadecimal", **_SHA256),
            },
        ),
    },
}


def written() -> bytes:
    """The bytes of schema.json."""
    return json.dumps(SCHEMA, ensure_ascii=False, indent=1).encode() + b"\n"
