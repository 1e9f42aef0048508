"""What replies refuse an asker, as sentences that pages translate."""

from thuchu.desk.marking import gettext_noop


class MailRefused(Exception):
    """An address that can't be taken: `message` is translatable, `values` stand in it; `status` is HTTP's word."""

    def __init__(self, message: str, *, status: int = 422, **values: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.values: dict[str, str | int] = values
        self.status = status


class NoAddress(MailRefused):
    """Nothing, or what no mail server would take."""

    def __init__(self) -> None:
        super().__init__(gettext_noop("This doesn't look like an e-mail address. Compare it with yours and try again."))


class TooManyConfirmations(MailRefused):
    """Somebody is flooding this mailbox, or all of them through this desk; we don't say which."""

    def __init__(self) -> None:
        super().__init__(
            gettext_noop(
                "Several confirmations were mailed a short while ago. Look into the mailbox, among unwanted mail too, "
                "or try again tomorrow."
            ),
            status=429,
        )


class TooFast(MailRefused):
    """This line leaves addresses faster than people do."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            gettext_noop("You have just left some addresses. Wait about %(seconds)s seconds and try again."),
            status=429,
            seconds=seconds,
        )
