"""README.md of a dump: what it is, and how to check it, for somebody who found it without its desk."""

from datetime import UTC, datetime

from thuchu.log.chain import Head

_TEXT = """# {name}: public dump

Everything public of the fact-checking desk {name} ({address}), up to entry {seq} of its ledger.

- last entry: {seq}
- its hash: `{hash}`
- its time: {time} UTC

Tiếng Việt: đây là toàn bộ dữ liệu công khai của {name}, đến mục {seq} của sổ công khai. Ai cũng tính lại được mọi trạng
thái từ đây, không cần hỏi chúng tôi.

## Check it

    python -m pip install thuchu
    thuchu recompute .

That compares every file with `manifest.json`, follows the ledger's chain from its first entry, compares the tables with
the entries, and then computes every round again from the ratings: each status must come out as published. It needs
NumPy and no network. To compare with a hash that you wrote down earlier (it stands on every page of the desk):

    thuchu ledger verify . --head NUMBER:HASH

## What is in it

| file | what |
|---|---|
| `entries.jsonl` | the ledger, whole: every public act, each hashed with the one before |
| `notes.jsonl` | every version of every note, with its evidence |
| `ratings.jsonl` | every rating as it was entered, under random rater numbers |
| `rounds.jsonl`, `statuses.jsonl` | every computation, and what it changed, with the rule that decided |
| `fact_checks.jsonl` | what is or was published |
| `rules.json` | the rule set: every number, every rule in a sentence |
| `schema.json` | every field of every file (JSON Schema, draft 2020-12) |
| `manifest.json` | the SHA-256 of each file |

Ratings carry no name and no time of their own: they were entered in shuffled batches of at least five people. Please
don't try to find out who gave them. Notes belong to their authors, fact-checks to their publishers (`licence` says what
they allow), quoted sentences to the pages they come from.
"""


def readme(name: str, address: str, head: Head, as_of_ms: int) -> bytes:
    """Its bytes."""
    time = datetime.fromtimestamp(as_of_ms / 1000, UTC)
    filled = _TEXT.format(
        name=name, address=address, seq=head.seq, hash=head.hash.hex(), time=f"{time:%Y-%m-%d %H:%M:%S}"
    )
    return filled.encode()
