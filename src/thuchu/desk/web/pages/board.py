"""The board: how much is asked, how long it takes, what waits, from how many people ratings come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thuchu.desk.board import reads
from thuchu.desk.charts import columns
from thuchu.desk.web.pages.caching import cached_beside


@require_safe
@cached_beside(reads.last_day)
def board(request: HttpRequest) -> HttpResponse:
    """The page; it changes once a day."""
    read = reads.board()
    weeks, months = read.weeks, read.months
    drawn = {
        "asked": columns([week.asked.value for week in weeks], small=[week.asked.is_small for week in weeks]),
        "waiting": columns([week.waiting.value for week in weeks], small=[week.waiting.is_small for week in weeks]),
        "answered": columns(
            [month.half_hours for month in months], behind=[month.nine_tenths_hours for month in months]
        ),
        "raters": columns([each.rounds for each in read.ranges]) if read.rounds else None,
    }
    told = next((month for month in reversed(months) if month.half_hours is not None), None)
    shown = {"board": read, "charts": drawn, "last_week": weeks[-1] if weeks else None, "told": told}
    return render(request, "pages/board.html", shown)
