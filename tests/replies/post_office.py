"""A real mail server on loopback: what it was handed, and how it answers."""

import email
import email.policy
import socket

from aiosmtpd.controller import Controller

from thuchu.desk.options import MailServer


class PostOffice:
    """Takes letters, unless it was told to refuse: `refuse` holds its answers to the next recipients, in order."""

    def __init__(self):
        self.letters, self.refuse, self.recipients, self.refuse_data = [], [], [], []
        self.controller = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def open(self):
        self.controller = Controller(_Counter(self), hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self):
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    @property
    def server(self):
        return MailServer("127.0.0.1", self.port, "none")

    @property
    def last(self):
        return self.letters[-1]

    def links(self):
        """Every address in the last letter, in order."""
        return [word for word in self.last.get_content().split() if word.startswith("http")]


class _Counter:
    """What the server asks about each letter."""

    def __init__(self, office):
        self.office = office

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.office.recipients.append(address)
        if self.office.refuse:
            return self.office.refuse.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.office.refuse_data:
            return self.office.refuse_data.pop(0)
        self.office.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"
