"""Room `privacy`: the only door through which people's words enter the desk.

Enters: any `str`.  Leaves: `CleanText`, in which personal data stands as typed placeholders.
Never here: storing, logging or returning what was taken out.
"""

from thuchu.privacy.clean import PLACEHOLDERS, CleanText, Finding, Kind, require_clean
from thuchu.privacy.scrub import ScrubFailed, restored, scrub

__all__ = ["PLACEHOLDERS", "CleanText", "Finding", "Kind", "ScrubFailed", "require_clean", "restored", "scrub"]
