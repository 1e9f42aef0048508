"""Room `documents`: one tree for a document of a review, and every format made from it.

Enters: what a review knows, as small frozen values.  Leaves: a `Document`, and its bytes as HTML, PDF, DOCX or CSV,
the same on every run.  Never here: the desk, its tables, a clock, a network; no text that people typed is ever run.
"""
