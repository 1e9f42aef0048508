"""The desk's own settings over a home folder that is thrown away: every test process has one to itself.

THUCHU_TEST_DATABASE_URL=postgresql://somebody@/name?host=…&port=… runs the tests on that PostgreSQL server.
"""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="thuchu-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["THUCHU_HOME"] = _home
os.environ.pop("THUCHU_ENCODER", None)
# The desk's own setting, so that the tests use what a desk uses; a desk that a test starts has a database of its own.
os.environ["THUCHU_DATABASE_URL"] = os.environ.get("THUCHU_TEST_DATABASE_URL", "")

from thuchu.desk.settings import *  # noqa: E402, F403 (the environment must be set first)

del os.environ["THUCHU_DATABASE_URL"]
if DATABASES["default"]["ENGINE"] == "thuchu.desk.postgresql":
    DATABASES["default"]["ENGINE"] = "postgres_in_tests"
