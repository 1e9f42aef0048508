"""Triggers that keep what a person was promised: a rater number stays as it is, and who left does not come back."""

from thuchu.desk import triggers

_SQLITE = {
    "accounts_rater_number_stays": (
        "BEFORE UPDATE OF rater_number, pseudonym_id, user_handle ON accounts_account "
        "WHEN OLD.rater_number != NEW.rater_number OR OLD.pseudonym_id != NEW.pseudonym_id "
        "OR OLD.user_handle != NEW.user_handle "
        "BEGIN SELECT RAISE(ABORT, 'an account keeps its rater number, pseudonym and handle'); END"
    ),
    "accounts_practice_stays": (
        "BEFORE UPDATE OF may_write ON accounts_account WHEN OLD.may_write AND NOT NEW.may_write "
        "BEGIN SELECT RAISE(ABORT, 'what practice gave is not taken back'); END"
    ),
    "accounts_who_left_stays_away": (
        'BEFORE UPDATE ON accounts_pseudonym WHEN OLD."left" '
        "BEGIN SELECT RAISE(ABORT, 'who left is not named again'); END"
    ),
    "accounts_nobody_in_a_left_name": (
        "BEFORE INSERT ON accounts_account "
        'WHEN (SELECT "left" FROM accounts_pseudonym WHERE id = NEW.pseudonym_id) '
        "BEGIN SELECT RAISE(ABORT, 'who left is not named again'); END"
    ),
    "accounts_invitation_used_once": (
        "BEFORE UPDATE ON accounts_invitation WHEN OLD.is_used "
        "BEGIN SELECT RAISE(ABORT, 'an invitation is used once'); END"
    ),
}


def install_guards(using: str = "default") -> None:
    """Create the triggers that are missing; running it again changes nothing."""
    triggers.install(_SQLITE, using)


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    return triggers.missing(_SQLITE, using)
