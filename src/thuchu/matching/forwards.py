"""Messages already answered, kept as sketches: is this one nearly the same text as one of them?

Locality-sensitive hashing: a sketch is cut into bands, and two sketches are compared only where a whole band is equal.
Sixteen bands of four places find two texts that share 75 % of their word pairs with a chance of 0.998.
Lookup is a binary search a band, over sorted arrays mapped from disk: the same for a thousand messages and a million.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from thuchu.matching.fingerprints import SKETCH_SIZE, Fingerprint, Sketches, same_forward, sketches
from thuchu.matching.learned import Arrays

_Numbers = npt.NDArray[np.uint32]

_BANDS = 16
# Messages sketched together, and candidates of one band that are compared: the rest of a crowd says the same.
_BATCH_MESSAGES = 1_000
_CANDIDATES_MAX = 200


def forward_arrays(messages: Iterable[tuple[str, str]]) -> Arrays:
    """What `answered_groups` reads, from (text, id of the fact-check that answered it).

    forward_sketches  (n, SKETCH_SIZE) of those long enough for one · forward_group  (n,) place in forward_groups
    forward_groups    ids, UTF-8, sorted, each once · forward_keys, forward_places  (_BANDS, n) each band's keys, sorted
    """
    remaining = iter(messages)
    found: list[Sketches] = []
    groups: list[str] = []
    while batch := list(islice(remaining, _BATCH_MESSAGES)):
        made = sketches([text for text, _ in batch])
        present = made.any(axis=1)
        found.append(made[present])
        groups += [batch[place][1] for place in np.flatnonzero(present)]
    all_sketches = np.concatenate(found) if found else np.empty((0, SKETCH_SIZE), dtype=np.uint8)
    names, group = np.unique(np.array([name.encode("utf-8") for name in groups], dtype=bytes), return_inverse=True)
    keys = _band_keys(all_sketches).T
    places = np.argsort(keys, axis=1, kind="stable").astype(np.uint32)
    return {
        "forward_sketches": all_sketches,
        "forward_group": group.astype(np.uint32),
        "forward_groups": names,
        "forward_keys": np.take_along_axis(keys, places.astype(np.int64), axis=1),
        "forward_places": places,
    }


def answered_groups(own: Fingerprint, learned: Arrays) -> list[str]:
    """Ids of the fact-checks that answered nearly the same text, the most alike first, each once."""
    if "forward_sketches" not in learned or not own.sketch.any():
        return []
    places = _candidates(_band_keys(own.sketch[None])[0], learned["forward_keys"], learned["forward_places"])
    if not len(places):
        return []
    alike = same_forward(own, learned["forward_sketches"][places])
    order = np.argsort(-alike, kind="stable")
    best = places[order[alike[order] > 0]]
    names: Sequence[bytes] = learned["forward_groups"][learned["forward_group"][best]].tolist()
    return list(dict.fromkeys(name.decode("utf-8") for name in names))


def _candidates(keys: _Numbers, sorted_keys: _Numbers, places: _Numbers) -> _Numbers:
    """Places of messages that share a whole band with these keys, each once."""
    found = []
    for band, key in enumerate(keys):
        first = int(np.searchsorted(sorted_keys[band], key, side="left"))
        last = int(np.searchsorted(sorted_keys[band], key, side="right"))
        found.append(places[band, first : min(last, first + _CANDIDATES_MAX)])
    return np.unique(np.concatenate(found))


def _band_keys(made: Sketches) -> _Numbers:
    """Each band's four places as one number: (n, _BANDS)."""
    keys: _Numbers = np.ascontiguousarray(made).view("<u4").reshape(len(made), _BANDS)
    return keys
