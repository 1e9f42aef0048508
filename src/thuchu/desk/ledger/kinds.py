"""Every kind of entry, its meaning and the fields its body carries; kinds and fields are added, never renamed.

Bodies hold ids, digests, counts and words that are public anyway; never text that a person may ask to erase.
"""

from collections.abc import Mapping
from types import MappingProxyType

KINDS: Mapping[str, tuple[str, frozenset[str]]] = MappingProxyType(
    {
        "publisher.added": (
            "A publisher became known to the desk.",
            frozenset({"name"}),
        ),
        "publisher.hosts_added": (
            "Hosts joined a publisher's public list; `admitted` says whether records on them may be answered.",
            frozenset({"hosts", "admitted"}),
        ),
        "publisher.admitted": (
            "Records on a publisher's admitted hosts may be answered, for the reason given.",
            frozenset({"reason"}),
        ),
        "fact_checks.imported": (
            "Fact-checks came in from a file: how many were new, replaced, withdrawn, unchanged and refused; `digest` "
            "is the SHA-256 over the content digests of what changed, in order.",
            frozenset({"added", "replaced", "withdrawn", "unchanged", "refused", "digest", "file_sha256"}),
        ),
        "fact_check.withdrawn": (
            "An imported fact-check was withdrawn, for the reason given; a page says so.",
            frozenset({"reason", "url"}),
        ),
        "link_list.imported": (
            "A publisher's list of hosts was loaded in place of its last one.",
            frozenset({"entries", "refused", "digest"}),
        ),
        "link_list.removed": (
            "A publisher's list of hosts was taken away.",
            frozenset({"entries"}),
        ),
        "contributor.joined": (
            "Somebody joined, under the pseudonym that is the subject; its name may go, so it isn't here.",
            frozenset(),
        ),
        "contributor.left": (
            "The person behind a pseudonym left: the account is erased, the pseudonym has a random name.",
            frozenset(),
        ),
        "role.granted": (
            "A pseudonym was given the role of coordinator or operator; `by` is a pseudonym's number, 0 the machine.",
            frozenset({"role", "by"}),
        ),
        "role.revoked": (
            "A role was taken, or given back; `by` is a pseudonym's number, 0 the machine.",
            frozenset({"role", "by"}),
        ),
    }
)
