"""Loaded by pytest before anything reads the settings (see addopts): a temporary folder, a data folder, and a real
PostgreSQL — the one DATABASE_URL names, else a throw-away cluster — of this run's own. Workers of xdist inherit them.

The temporary folder is not pytest's usual one: each run of pytest closes that to others again (0700), and with it the
clusters of a run beside it. Everything in it goes with the run.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop lives in the test's thread

if "PYTEST_XDIST_WORKER" not in os.environ:
    _stack = ExitStack()
    atexit.register(_stack.close)
    _temporary = tempfile.mkdtemp(prefix="tst-")
    _stack.callback(shutil.rmtree, _temporary, ignore_errors=True)
    Path(_temporary).chmod(0o711)
    os.environ["TMPDIR"] = tempfile.tempdir = _temporary
    _data = Path(_stack.enter_context(tempfile.TemporaryDirectory(prefix="truongso-test-")))
    os.environ["TRUONGSO_DATA"] = str(_data)
    if "DATABASE_URL" not in os.environ:
        from truongso.supervisor.cluster import temporary

        os.environ["DATABASE_URL"] = _stack.enter_context(temporary())
