"""Room `text`: text in, text out, no meaning.

Enters: any `str` a person or a file gave.  Leaves: normal forms, folded forms, syllables, restored accents, a language.
Never here: word lists about a subject, patterns of personal data, anything that reads a file or a clock.
"""
