"""How much of anything this room reads: each limit with its reason; `docs/formats.md` lists them all."""

# A claim is sometimes a whole viral post; twice the longest message an asker may send is still one. Longer: refused.
CLAIM_CHARS_MAX = 10_000
# Longer headlines are the first paragraph by mistake. Cut, and said so.
TITLE_CHARS_MAX = 500
# Some publishers put two sentences where others put "False". Cut, and said so.
VERDICT_WORDS_CHARS_MAX = 1_000
# A long article; matching reads less of it. Cut, and said so.
EXPLANATION_CHARS_MAX = 20_000
# A name that is cut could become another publisher's. Refused.
PUBLISHER_CHARS_MAX = 200
# A licence's name or address. Longer ones are the licence's text: left out, and said so.
LICENCE_CHARS_MAX = 500
# What browsers and the sitemap protocol agree on. Refused for the record's own address, left out elsewhere.
ADDRESS_CHARS_MAX = 2_000
# More places than a reader opens; the rest are left out, and said so.
ADDRESSES_MAX = 50
# Markup may be much longer than its text; what stands behind this is never looked at.
MARKUP_CHARS_MAX = 200_000
# Text escaped more often than this was not escaped by mistake. Refused.
UNESCAPE_PASSES_MAX = 8
# Real documents nest to about ten; what is deeper is not looked at.
NESTING_MAX = 40
# One record in JSON lines or CSV with all its text takes a few kilobytes. Longer lines are refused, and skipped over.
LINE_CHARS_MAX = 1_000_000
# A quoted cell may hold line breaks, but a quote that is never closed must not swallow the file.
ROW_LINES_MAX = 1_000
# JSON documents and pages are held in memory whole, about eight times over; larger collections come as JSON lines.
DOCUMENT_BYTES_MAX = 64 * 1024 * 1024
# A file of 1 MB can unpack to 1 GB of nothing.
UNPACKED_BYTES_MAX = 2 * 1024 * 1024 * 1024
# Enough of the beginning to tell one format from another.
HEAD_BYTES = 64 * 1024
