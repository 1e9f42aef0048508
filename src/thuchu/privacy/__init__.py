"""Room `privacy`: the only door through which people's words enter the desk.

Enters: any `str`.  Leaves: `CleanText`, in which personal data stands as typed placeholders.
Never here: storing, logging or returning what was taken out.
"""

from thuchu.privacy.clean import CleanText, Finding
from thuchu.privacy.scrub import scrub

__all__ = ["CleanText", "Finding", "scrub"]
