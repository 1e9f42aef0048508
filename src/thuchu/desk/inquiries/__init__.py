"""Room `inquiries`: questions to organisations in the desk's name, when an answer is due and why then, and what came.

Enters: a question, the steps of its way, an answer quoted in full.  Leaves: entries, a public table, what stands on a
claim's page among what is known.
Never here: a verdict or a status, an adjective of the desk's, who asked the desk, a person's name for an office's.
"""
