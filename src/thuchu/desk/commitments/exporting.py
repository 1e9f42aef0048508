"""The register as files: CSV for spreadsheets, JSON under the names that Open Contracting has for milestones."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date, datetime, time

from thuchu.claimreview.tables import guarded
from thuchu.desk.commitments.models import CONFIRMED
from thuchu.desk.commitments.reads import CommitmentView, Shown
from thuchu.desk.commitments.timeliness import OVERDUE
from thuchu.desk.wording import VIET_NAM

CSV_TYPE, JSON_TYPE = "text/csv; charset=utf-8", "application/json; charset=utf-8"
COLUMNS = (
    *("number", "text", "owner_kind", "owner", "helpers", "original_due", "due", "measure", "target", "state"),
    *("timeliness", "days", "evidence", "resolved_in", "carried_from", "last_update"),
)
# Without it a spreadsheet takes UTF-8 for something else, and accents with it.
_BOM = "\ufeff"
_LAST_SECOND = time(23, 59, 59, tzinfo=VIET_NAM)


def as_csv(views: Iterable[CommitmentView], *, language: str) -> bytes:
    """One line a commitment; codes as they are kept, names in `language`, no cell that a spreadsheet would run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in views:
        writer.writerow([guarded(cell) for cell in _cells(each, language)])
    return (_BOM + text.getvalue()).encode()


def as_json(views: Iterable[CommitmentView], *, address: str) -> bytes:
    """Milestones: `dueDate`, `dateMet`, `dateModified`, `status`; what only a desk knows stands under `thuchu`."""
    written = {"milestones": [_milestone(each, address) for each in views]}
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def status(view: CommitmentView) -> str:
    """Open Contracting's word: what isn't done by its day was not met, and may still be."""
    if view.state == CONFIRMED:
        return "met"
    return "scheduled" if view.is_open and view.timeliness.code != OVERDUE else "notMet"


def _cells(view: CommitmentView, language: str) -> list[str]:
    return [
        view.number,
        view.text,
        view.owner_kind,
        view.owner[language],
        "; ".join(each[language] for each in view.helpers),
        view.original_due_on.isoformat(),
        view.due_on.isoformat(),
        view.figure_key or view.measure[language],
        view.target,
        view.state,
        view.timeliness.code,
        str(view.timeliness.days),
        " ".join(_named(each) for each in view.evidence),
        view.resolution,
        view.carried_from,
        view.last_update.isoformat(),
    ]


def _milestone(view: CommitmentView, address: str) -> dict[str, object]:
    return {
        "id": view.number,
        "title": view.text,
        "type": "delivery",
        "code": view.figure_key or "deliverable",
        "dueDate": _end_of(view.due_on),
        "dateMet": _end_of(view.done_on) if view.done_on else None,
        "dateModified": view.changed_at.astimezone(VIET_NAM).isoformat(timespec="seconds"),
        "status": status(view),
        "url": f"{address}/commitments/{view.number}",
        "thuchu": {
            "owner": {"code": view.owner_code, **view.owner},
            "helpers": [dict(each) for each in view.helpers],
            "originalDueDate": _end_of(view.original_due_on),
            "extensions": view.extensions,
            "measure": dict(view.measure),
            "target": view.target or None,
            "state": view.state,
            "timeliness": {"code": view.timeliness.code, "days": view.timeliness.days, **view.timeliness_words},
            "evidence": [_named(each) for each in view.evidence],
            "resolution": view.resolution,
            "review": view.review,
            "carriedFrom": view.carried_from or None,
            "replaces": view.replaces or None,
            "replacedBy": view.replaced_by or None,
            "mustBeDecidedAgain": view.must_be_decided,
        },
    }


def _named(shown: Shown) -> str:
    return shown.address or f"evidence:{shown.number}"


def _end_of(day: date) -> str:
    """The last second of a day in Viet Nam: until then it is on time."""
    return datetime.combine(day, _LAST_SECOND).isoformat()
