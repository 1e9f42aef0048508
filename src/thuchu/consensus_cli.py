"""`thuchu consensus …`: the room's runs over files, with what a person wants to read while and after."""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from thuchu.watching import Watching

if TYPE_CHECKING:
    from thuchu.consensus import ConsensusParams, run

# What `thuchu.consensus.PARAMS` holds, known without importing NumPy; a test compares the two.
PARAMETER_SETS = ("community_notes", "desk")


def add_commands(steps: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """fit, score, explain, compare, simulate."""
    fit = steps.add_parser("fit", help="minimise the published objective over a table of ratings")
    _table_options(fit)
    fit.add_argument("--min-ratings-per-note", type=_count, default=5, metavar="N", help="5 unless said")
    fit.add_argument("--min-ratings-per-rater", type=_count, default=10, metavar="N", help="10 unless said")
    fit.set_defaults(run=_refusing(_fit))

    score = steps.add_parser("score", help="each note's status, and the rule that decided")
    _table_options(score)
    _published_options(score)
    score.add_argument(
        "--check-flips",
        action="store_true",
        help="with --status-history: refuse a round in which too many statuses change",
    )
    score.set_defaults(run=_refusing(_score))

    explain = steps.add_parser("explain", help="why a note has its status")
    explain.add_argument("note", metavar="NOTE", help="the note's id")
    explain.add_argument("--ratings", type=Path, required=True, metavar="PLACE", help="the table, or a folder of parts")
    explain.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw its ratings over the axis into this file")
    _published_options(explain)
    explain.set_defaults(run=_refusing(_explain))

    compare = steps.add_parser("compare", help="in what two runs differ")
    compare.add_argument("runs", nargs=2, type=Path, metavar="RUN", help="folder that fit or score wrote")
    compare.set_defaults(run=_refusing(_compare))

    simulate = steps.add_parser("simulate", help="ratings of a made-up community of two camps")
    simulate.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for ratings.tsv")
    simulate.add_argument("--raters", type=_count, default=50, metavar="N", help="50 unless said")
    simulate.add_argument("--notes", type=_count, default=100, metavar="N", help="100 unless said")
    simulate.add_argument("--per-note", type=_count, default=15, metavar="N", help="ratings a note; 15 unless said")
    simulate.add_argument("--share", type=float, default=0.5, help="of the first camp; 0.5 unless said")
    simulate.add_argument("--seed", type=int, default=1, help="1 unless said")
    simulate.set_defaults(run=_refusing(_simulate))


def _table_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--ratings", type=Path, required=True, metavar="PLACE", help="the table, or a folder of parts")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    command.add_argument("--format", choices=["tsv", "parquet", "npz"], help="parquet with [data], else tsv")
    command.add_argument("--threads", type=_count, default=1, metavar="N", help="1 unless said; changes no result")


def _published_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--params", choices=PARAMETER_SETS, help="desk unless said; community_notes with --notes")
    command.add_argument("--notes", type=Path, metavar="FILE", help="the public notes file")
    command.add_argument("--status-history", type=Path, metavar="FILE", help="the public noteStatusHistory file")
    command.add_argument(
        "--enrollment",
        type=Path,
        metavar="FILE",
        help="the public userEnrollment file; its form is checked, nothing depends on it",
    )
    command.add_argument(
        "--now",
        type=_count,
        metavar="MS",
        help="with --status-history: time of this round; the newest rating's unless said",
    )
    command.add_argument("--skip-coordination", action="store_true", help="don't look for raters who act together")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 up")
    return int(text)


def _refusing(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """What the room can't read is said in one sentence."""

    def refusing(options: argparse.Namespace) -> int:
        from thuchu.consensus import ConsensusError

        try:
            return command(options)
        except ConsensusError as error:
            print(error, file=sys.stderr)
            return 1

    return refusing


def _measures() -> "run.Measures":
    from thuchu.consensus import run

    return run.Measures(time.process_time, lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024)


def _form(options: argparse.Namespace) -> str:
    from thuchu.consensus import files

    return str(options.format or files.form_unless_said())


def _fit(options: argparse.Namespace) -> int:
    from thuchu.consensus import Counter, run

    with Watching() as progress:
        report = run.write_fit(
            options.ratings,
            options.out,
            (options.min_ratings_per_note, options.min_ratings_per_rater),
            form=_form(options),
            measures=_measures(),
            counter=Counter(threads=options.threads),
            say=progress,
        )
    print(
        f"{report['n_ratings']} ratings of {report['n_notes']} notes by {report['n_raters']} raters: "
        f"loss {report['loss']:.12f}, gradient {report['gradient_norm']:.1e}, {report['fit_cpu_s']} CPU-seconds. "
        f"Written to {options.out}."
    )
    return 0


def _params(options: argparse.Namespace) -> "ConsensusParams":
    from thuchu.consensus import PARAMS

    public = options.notes is not None or options.status_history is not None
    return PARAMS[options.params or ("community_notes" if public else "desk")]


def _choices(options: argparse.Namespace, check_flips: bool = False) -> "run.Choices":
    from thuchu.consensus import priors, run

    beside = priors.PriorFiles(options.notes, options.status_history, options.enrollment, options.now)
    return run.Choices(beside, not options.skip_coordination, check_flips)


def _score(options: argparse.Namespace) -> int:
    from thuchu.consensus import Counter, run

    params = _params(options)
    with Watching() as progress:
        report = run.write_scores(
            options.ratings,
            options.out,
            params,
            form=_form(options),
            measures=_measures(),
            choices=_choices(options, options.check_flips),
            counter=Counter(threads=options.threads),
            say=progress,
        )
    print(f"{report['ratings']} ratings, rule set {params.name} {params.version}:")
    for row in run.in_short(report):
        print(f"  {row}")
    print(f"Written to {options.out}; why a note stands where it does: thuchu consensus explain NOTE --ratings …")
    return 0


def _explain(options: argparse.Namespace) -> int:
    from thuchu.consensus import drawing, looking, run

    if options.plot is not None and options.plot.suffix != ".svg":
        print(f"--plot {options.plot}: the picture is an SVG; its name must end in .svg", file=sys.stderr)
        return 1
    if options.plot is not None and not options.plot.parent.is_dir():
        print(f"--plot {options.plot}: there is no folder {options.plot.parent}", file=sys.stderr)
        return 1
    with Watching() as progress:
        found = run.scored(
            options.ratings, _params(options), cpu_s=time.process_time, choices=_choices(options), say=progress
        )
    explanation = looking.explain(found.counted, found.scores, options.note)
    print("\n".join(explanation.text()))
    if options.plot is not None:
        options.plot.write_text(drawing.note(explanation), encoding="utf-8")
        print(f"Drawn into {options.plot}.")
    return 0


def _compare(options: argparse.Namespace) -> int:
    from thuchu.consensus import looking

    print("\n".join(looking.compare(*options.runs)))
    return 0


def _simulate(options: argparse.Namespace) -> int:
    from thuchu.consensus import files, looking

    table = looking.simulate(options.raters, options.notes, options.per_note, options.share, options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    target = files.write_table(options.out, "ratings", "tsv", table)
    print(
        f"Written to {target}: {len(table['note'])} ratings; column kind says what a note is: 0 good, 1 bad, "
        f"2 wrong but loved by one side. Next: thuchu consensus score --ratings {target} --out {options.out / 'run'}"
    )
    return 0
