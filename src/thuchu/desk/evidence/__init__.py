"""Room `evidence`: a source fetched safely, kept as it was, read by a process that may do nothing else, and quoted.

Enters: an address or a file that a contributor chose, and the sentence that matters.
Leaves: the quoted sentence with its surroundings, scrubbed, its digest, how its source stands today; refusals that say
what to do instead.
Never here: an address nobody gave, a raw capture shown to anybody, a foreign file parsed in the desk's own process, a
profile or a private group as evidence.
"""
