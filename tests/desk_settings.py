"""The desk's own settings over a home folder that is thrown away: every test process has one to itself.

THUCHU_TEST_DATABASE_URL=postgresql://somebody@/name?host=…&port=… runs the tests on that PostgreSQL server.
"""

import atexit
import os
import shutil
import tempfile
from urllib.parse import parse_qsl, urlsplit

_home = tempfile.mkdtemp(prefix="thuchu-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["THUCHU_HOME"] = _home
os.environ.pop("THUCHU_ENCODER", None)

from thuchu.desk.settings import *  # noqa: E402, F403 (the environment must be set first)

_url = os.environ.get("THUCHU_TEST_DATABASE_URL", "")
if _url:
    _parts = urlsplit(_url)
    _asked = {
        "NAME": _parts.path.strip("/"),
        "USER": _parts.username or "",
        "PASSWORD": _parts.password or "",
        "HOST": _parts.hostname or "",
        "PORT": str(_parts.port or ""),
    }
    _more = {name.upper(): value for name, value in parse_qsl(_parts.query) if name in ("host", "port")}
    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", **_asked, **_more}}
