"""A throw-away database with the demo school of any size, in this process: for what needs no running product."""

from __future__ import annotations

import atexit
import os
import tempfile
import time
from contextlib import ExitStack
from functools import cache

_OURS = ("people_", "roster_", "school_", "notify_", "mfa_", "conditions_", "consent_", "curriculum_", "intake_")


@cache
def prepared() -> None:
    """An empty, migrated database; once a process."""
    stack = ExitStack()
    atexit.register(stack.close)
    os.environ["TRUONGSO_DATA"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="tsbench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "truongso.settings")
    from truongso.supervisor.cluster import temporary

    os.environ["DATABASE_URL"] = stack.enter_context(temporary())
    import django
    from django.core.management import call_command

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)


def fresh(classes: int) -> float:
    """The demo school of so many classes and nothing else; returns how long the load took, commit included."""
    prepared()
    from django.db import connection

    from truongso.demo.load import load
    from truongso.demo.size import Size

    tables = [f'"{name}"' for name in connection.introspection.table_names() if name.startswith(_OURS)]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
    begin = time.perf_counter()
    assert load(Size(classes))
    return time.perf_counter() - begin
