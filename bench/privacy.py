"""Precision and recall of each recogniser of `thuchu.privacy` on its written corpus, and the time a message takes.

    python bench/privacy.py [--part corpus|"held back"] [--misses]

Prints the Markdown tables of docs/privacy.md.  The corpus is the project's own, every number in it invented.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "privacy"))

from privacy_corpus import PARTS, Line, Report, kinds_found, read_part, score

from thuchu.privacy import Kind, scrub

REPEATS = 7
MESSAGE_CHARS = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part (default: both)")
    parser.add_argument("--misses", action="store_true", help="print the lines that went wrong")
    wanted = parser.parse_args()
    lines = {part: read_part(PARTS[part]) for part in wanted.part or PARTS}
    for part, of_part in lines.items():
        report = score(of_part)
        print_scores(part, of_part, report)
        if wanted.misses:
            print_misses(of_part, report)
    print_speed([line.text for of_part in lines.values() for line in of_part])


def print_scores(part: str, lines: list[Line], report: Report) -> None:
    harmless = sum(not line.kinds for line in lines)
    print(f"### Part: {part} ({len(lines)} lines, {harmless} of them harmless)\n")
    print("| recogniser | wanted | precision | recall |\n|---|---|---|---|")
    for kind in Kind:
        counts = report.scores[kind]
        print(f"| {kind.value} | {counts.right + counts.missed} | {counts.precision:.3f} | {counts.recall:.3f} |")
    every = report.all_kinds
    print(f"| all | {every.right + every.missed} | {every.precision:.3f} | {every.recall:.3f} |\n")
    print(f"Lines where something personal stayed: {len(report.leaks)} of {len(lines) - harmless}.")
    print(f"Harmless lines that were changed: {len(report.changed)} of {harmless}.\n")


def print_misses(lines: list[Line], report: Report) -> None:
    for line in lines:
        clean = scrub(line.text)
        found = kinds_found(line, clean)
        if found != line.kinds or line.id in report.leaks + report.changed:
            print(f"{line.id}  wanted {dict(line.kinds)}  found {dict(found)}")
            print(f"      {line.text!r}\n      {clean.text!r}")


def print_speed(texts: list[str]) -> None:
    plain = ("Bác sĩ dặn uống đủ nước, ngủ sớm và đừng tin thuốc gia truyền rao trên mạng. " * 4)[:MESSAGE_CHARS]
    dates = ("Ngày 12/03/2025 giá 500k, tăng 3,5% so với năm 2024, gọi 113 hoặc 1900 9095 nhé. " * 4)[:MESSAGE_CHARS]
    private = (plain[:100] + " stk 1234567890 vcb, gọi 0912 345 678, a@example.com " + plain)[:MESSAGE_CHARS]
    print(f"| message | characters | µs each (best of {REPEATS} runs) |\n|---|---|---|")
    rows = [("words only", [plain]), ("dates, prices, hotlines", [dates]), ("account, phone, e-mail", [private])]
    for name, sample in [*rows, ("the corpus, mean", texts)]:
        chars = sum(map(len, sample)) // len(sample)
        print(f"| {name} | {chars} | {microseconds(sample):.0f} |")


def microseconds(texts: list[str]) -> float:
    """Mean time of one `scrub`, best of REPEATS: other programs on the machine only ever add to it."""
    rounds = max(1, 2_000 // len(texts))
    timings = []
    for _ in range(REPEATS):
        start = time.process_time()
        for _ in range(rounds):
            for text in texts:
                scrub(text)
        timings.append((time.process_time() - start) / rounds / len(texts) * 1e6)
    return min(timings)


if __name__ == "__main__":
    main()
