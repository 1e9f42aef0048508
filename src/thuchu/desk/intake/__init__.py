"""Room `intake`: what people asked, scrubbed, behind a private link; how fast and how long.

Enters: `CleanText` and what was answered.  Leaves: a token that opens the asker's own page.
Never here: who asked, an address, a message that was not scrubbed.
"""
