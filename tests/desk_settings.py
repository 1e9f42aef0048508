"""The desk's own settings over a home folder that is thrown away: every test process has one to itself."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="thuchu-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["THUCHU_HOME"] = _home
os.environ.pop("THUCHU_ENCODER", None)

from thuchu.desk.settings import *  # noqa: E402, F403 (the environment must be set first)
