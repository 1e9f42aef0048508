"""A writer that test_collection_crash.py starts and kills: steps whose outcome anybody can compute."""

import sys
from pathlib import Path

from thuchu.matching import Collection, Document

PUT_EACH_STEP = 12
IDS = 60


def document(step: int, number: int) -> Document:
    """Another text at each step, so that an old version cannot pass for a new one."""
    words = " ".join(f"chữ{(step * 31 + number * 7 + place) % 900}" for place in range(number % 40 + 3))
    return Document(
        id=f"tin{number}",
        title=f"Bước {step}",
        claim=f"bản{step}số{number} {words}",
        language="vi",
        links=(f"https://tin{number}.example/{step}",),
    )


def changes(step: int) -> tuple[list[Document], list[str]]:
    """What step `step` (1, 2, …) puts and then removes."""
    numbers = [(step * 17 + place * 5) % IDS for place in range(PUT_EACH_STEP)]
    removed = [f"tin{(step * 11 + place * 13) % IDS}" for place in range(step % 4)]
    return [document(step, number) for number in numbers], removed


def contents(step: int) -> dict[str, Document]:
    """What a collection holds after steps 1 to `step`."""
    held: dict[str, Document] = {}
    for earlier in range(1, step + 1):
        put, removed = changes(earlier)
        held |= {each.id: each for each in put}
        for name in removed:
            held.pop(name, None)
    return held


def messages(step: int) -> list[tuple[str, str]]:
    return [(f"bà con chuyển tin này ngay cho người thân lần thứ {step} nhé", f"tin{step % IDS}")]


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main() -> None:
    collection = Collection.open(Path(sys.argv[1]))
    collection.dead_rows_min = 40
    say("ready")
    for step in range(collection.stamp + 1, 10_000):
        put, removed = changes(step)
        collection.put(put)
        collection.remove(removed)
        collection.commit(step)
        say(step)
        if step % 3 == 0:
            collection.learn(messages(step))


if __name__ == "__main__":
    main()
