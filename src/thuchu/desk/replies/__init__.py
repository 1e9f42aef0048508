"""Room `replies`: what each asker is told by mail, once, and again only when it changes (rule 9).

Enters: an address that an asker left and confirmed, and what holds of their question now.  Leaves: mail, and counts.
Never here: an address in clear, a message, a reply that isn't in the table of replies.
"""
