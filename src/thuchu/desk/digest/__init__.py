"""Room `digest`: what waits and what was learned, a page a week, for whoever wants to help and whoever wants to know.

Enters: what other rooms show to everybody.  Leaves: numbers of it, kept once a week; words are read anew each time.
Never here: words, which may have to be erased; a person; anything that isn't on a public page already.
"""
