"""Room `procedure`: how an event goes, as a closed list of fields; which of them a question is about, and which place.

Enters: a question as somebody typed it, with or without accents; a table of names of places.
Leaves: codes of fields and of areas, or nothing where it isn't clear: a wrong fact said as an answer is worse.
Never here: a fact itself, a date or a law, a field for a merit, a party, a turnout or a result (rule 10).
"""

from thuchu.procedure.asking import asked_about, speaks_of_merits, warm_up
from thuchu.procedure.fields import FIELD_KINDS, Field, field_of, fields_of
from thuchu.procedure.places import AreaName, area_named, names_a_stranger

__all__ = [
    "FIELD_KINDS",
    "AreaName",
    "Field",
    "area_named",
    "asked_about",
    "field_of",
    "fields_of",
    "names_a_stranger",
    "speaks_of_merits",
    "warm_up",
]
