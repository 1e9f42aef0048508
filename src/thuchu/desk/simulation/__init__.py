"""A desk that plays itself: made-up people ask, write and rate through the pages that everybody uses.

In goes a number that decides everything, out come a desk marked for ever as a simulation, and counts. What never
happens here: a rating or a note written past the pages (rule 8), and any of it on a desk that people use.
"""
