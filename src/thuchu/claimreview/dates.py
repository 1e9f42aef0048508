"""Dates as publishers write them.  The day stays as written: no zone is applied, no month is guessed."""

import re
from datetime import date

# No desk published a fact-check on the web before; "0001-01-01" and "1970-01-01" are what programs write for "none".
_YEAR_MIN, _YEAR_MAX = 1990, 2099
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_NAME = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
# Whatever follows a date (time, zone) begins with one of these.
_TIME = r"(?:[t ,].{0,60})?"
_FORMS = [
    re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_TIME}"),
    re.compile(rf"(?P<year>\d{{4}})/(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}}){_TIME}"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:t.{0,60})?"),
    # Day first, as Vietnam and most of the world write; a month above 12 is refused, not turned around.
    re.compile(rf"(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}}){_TIME}"),
    re.compile(rf"(?:[a-z]{{3,9}}, )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH_NAME},? (?P<year>\d{{4}}){_TIME}"),
    re.compile(rf"{_MONTH_NAME} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}}){_TIME}"),
    re.compile(r"(?:ngày )?(?P<day>\d{1,2}) tháng (?P<month>\d{1,2}),? năm (?P<year>\d{4})"),
]


def date_of(text: str) -> date | None:
    """The day `text` names, or None where it names none between 1990 and 2099.

    Read: `2019-01-05`, `2019-1-5`, `2019/1/5`, `20190105`, `05/01/2019` (day first), `5 Jan 2019`, `January 5, 2019`,
    `ngày 5 tháng 1 năm 2019`, each of the first with a time behind it.
    """
    text = " ".join(text[:100].split()).casefold()
    for form in _FORMS:
        found = form.fullmatch(text)
        if found:
            return _day(found.groupdict())
    return None


def _day(parts: dict[str, str]) -> date | None:
    month = _MONTHS.index(parts["name"]) + 1 if "name" in parts else int(parts["month"])
    year = int(parts["year"])
    if not _YEAR_MIN <= year <= _YEAR_MAX:
        return None
    try:
        return date(year, month, int(parts["day"]))
    except ValueError:
        return None
