"""Which bodies count the evidence: the compiled ones where Numba is installed, else NumPy's.  They say the same."""

from importlib.util import find_spec

__all__ = [
    "best_passage",
    "bigram_hits",
    "bm25",
    "counts",
    "find_hits",
    "gram_counts",
    "longest_run",
    "near_pairs",
    "rarity_in_pool",
    "surface_terms",
]

if find_spec("numba"):
    from thuchu.matching.compiled import (
        best_passage,
        bigram_hits,
        bm25,
        counts,
        find_hits,
        gram_counts,
        longest_run,
        near_pairs,
        rarity_in_pool,
        surface_terms,
    )
else:
    from thuchu.matching.scoring import (
        best_passage,
        bigram_hits,
        bm25,
        counts,
        find_hits,
        gram_counts,
        longest_run,
        near_pairs,
        rarity_in_pool,
        surface_terms,
    )
