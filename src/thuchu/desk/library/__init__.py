"""Room `library`: published fact-checks, who published them, link lists, and the index that finds them.

Enters: files that publishers made.  Leaves: views of fact-checks, decisions about a message, the same records again.
Never here: who made a claim, a record answered before its publisher is admitted, an address fetched.
"""
