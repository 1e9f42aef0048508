"""`thuchu consensus …`: the room's runs over files, with what a person wants to read while and after."""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thuchu.consensus import run

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
    score.add_argument("--params", choices=PARAMETER_SETS, help="desk unless said; community_notes with --notes")
    score.add_argument("--notes", type=Path, metavar="FILE", help="the public notes file")
    score.add_argument("--status-history", type=Path, metavar="FILE", help="the public noteStatusHistory file")
    score.add_argument("--enrollment", type=Path, metavar="FILE", help="the public userEnrollment file")
    score.add_argument("--now", type=_count, metavar="MS", help="time of this round; the newest rating's unless said")
    score.add_argument("--check-flips", action="store_true", help="refuse a round in which too many statuses change")
    score.add_argument("--skip-coordination", action="store_true", help="don't look for raters who act together")
    score.set_defaults(run=_refusing(_score))

    explain = steps.add_parser("explain", help="why a note has its status")
    explain.add_argument("note", metavar="NOTE", help="the note's id")
    explain.add_argument("--ratings", type=Path, required=True, metavar="PLACE", help="the table, or a folder of parts")
    explain.add_argument("--params", choices=PARAMETER_SETS, default="desk", help="desk unless said")
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


def _say(text: str) -> None:
    """Progress, for people only: not where the output is read by a program."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr)


def _fit(options: argparse.Namespace) -> int:
    from thuchu.consensus import Counter, run

    report = run.write_fit(
        options.ratings,
        options.out,
        (options.min_ratings_per_note, options.min_ratings_per_rater),
        form=_form(options),
        measures=_measures(),
        counter=Counter(threads=options.threads),
        say=_say,
    )
    print(
        f"{report['n_ratings']} ratings of {report['n_notes']} notes by {report['n_raters']} raters: "
        f"loss {report['loss']:.12f}, gradient {report['gradient_norm']:.1e}, {report['fit_cpu_s']} CPU-seconds. "
        f"Written to {options.out}."
    )
    return 0


def _score(options: argparse.Namespace) -> int:
    from thuchu.consensus import PARAMS, Counter, priors, run

    public = options.notes is not None or options.status_history is not None
    params = PARAMS[options.params or ("community_notes" if public else "desk")]
    beside = priors.PriorFiles(options.notes, options.status_history, options.enrollment, options.now)
    report = run.write_scores(
        options.ratings,
        options.out,
        params,
        form=_form(options),
        measures=_measures(),
        choices=run.Choices(beside, not options.skip_coordination, options.check_flips),
        counter=Counter(threads=options.threads),
        say=_say,
    )
    statuses = report["statuses"]
    print(f"{params.name} {params.version}: {statuses}. Written to {options.out}.")
    return 0


def _explain(options: argparse.Namespace) -> int:
    from thuchu.consensus import PARAMS, files, run

    print("\n".join(run.explain(files.read_ratings(options.ratings), options.note, PARAMS[options.params])))
    return 0


def _compare(options: argparse.Namespace) -> int:
    from thuchu.consensus import run

    print("\n".join(run.compare(*options.runs)))
    return 0


def _simulate(options: argparse.Namespace) -> int:
    from thuchu.consensus import files, run

    table = run.simulate(options.raters, options.notes, options.per_note, options.share, options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    print(f"Written to {files.write_table(options.out, 'ratings', 'tsv', table)}.")
    return 0
