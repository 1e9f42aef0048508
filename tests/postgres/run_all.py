"""Runs the whole suite with its desk on PostgreSQL: python run_all.py [WORDS FOR PYTEST]."""

import os
import subprocess
import sys
from pathlib import Path

from the_server import fresh_database, running_server

TESTS = Path(__file__).parents[1]
ALL = ("-m", "not long and not browser", str(TESTS))


def main():
    with running_server() as server, fresh_database(server) as address:
        command = [sys.executable, "-m", "pytest", *(sys.argv[1:] or ALL)]
        environment = os.environ | {"THUCHU_TEST_DATABASE_URL": address}
        return subprocess.run(command, cwd=TESTS.parent, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
