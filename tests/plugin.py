"""Loaded by pytest before anything reads the settings (see addopts): a private data folder, and a real PostgreSQL —
the one DATABASE_URL names, else a throw-away cluster of this run's own. Workers of xdist inherit both."""

from __future__ import annotations

import atexit
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop lives in the test's thread

if "PYTEST_XDIST_WORKER" not in os.environ:
    _stack = ExitStack()
    atexit.register(_stack.close)
    _data = Path(_stack.enter_context(tempfile.TemporaryDirectory(prefix="truongso-test-")))
    os.environ["TRUONGSO_DATA"] = str(_data)
    if "DATABASE_URL" not in os.environ:
        from truongso.supervisor.cluster import temporary

        os.environ["DATABASE_URL"] = _stack.enter_context(temporary())
