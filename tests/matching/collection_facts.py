"""What must hold of any collection, whatever was done to it: used by several tests."""

import numpy as np

from thuchu.matching import Collection, Document
from thuchu.matching.analysis import analyse
from thuchu.matching.pool import WeightedTerms
from thuchu.matching.terms import term_ids
from thuchu.text.language import detect


def assert_holds(collection: Collection, held: dict[str, Document]) -> None:
    """Index and forward files both hold exactly these documents, in these versions."""
    snapshot = collection.snapshot
    rows = snapshot.live_rows()
    names = snapshot.document_ids(rows)
    assert sorted(names) == sorted(held)
    assert len(collection) == len(held)
    if not held:
        return
    all_terms = {term for each in held.values() for term in terms_of(each)[0]}
    pool = snapshot.pool(WeightedTerms(folded=dict.fromkeys(all_terms, 1.0)), len(held) + 10)
    assert len(set(pool.rows.tolist())) == len(pool)
    for place, name in enumerate(snapshot.document_ids(pool.rows)):
        folded, surface, title_terms, head_terms = terms_of(held[name])
        terms = slice(pool.offsets[place], pool.offsets[place + 1])
        assert np.array_equal(pool.folded[terms], term_ids(folded))
        assert np.array_equal(pool.surface[terms], term_ids(surface))
        assert (pool.title_tokens[place], pool.head_tokens[place]) == (title_terms, head_terms)
    assert sorted(snapshot.document_ids(pool.rows)) == sorted(name for name, each in held.items() if terms_of(each)[0])
    for name, each in held.items():
        for link in each.links:
            assert name in snapshot.document_ids(snapshot.rows_by_link([link]))


def terms_of(document: Document) -> tuple[list[str], list[str], int, int]:
    """folded, surface, title's and head's number of terms of a short document."""
    language = document.language or detect(f"{document.title}\n{document.claim}\n{document.body}")
    parts = [analyse(part, language) for part in (document.title, document.claim, document.body)]
    folded = [term for part in parts for term in part.folded]
    surface = [term for part in parts for term in part.surface]
    return folded, surface, len(parts[0].folded), len(parts[0].folded) + len(parts[1].folded)
