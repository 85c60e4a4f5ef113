"""A throw-away database with the demo school of any size, in this process: for what needs no running product."""

from __future__ import annotations

import atexit
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache


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


@contextmanager
def school_of(classes: int) -> Iterator[float]:
    """The demo school of so many classes until the block ends; gives how long the load took, its checks included."""
    prepared()
    from django.db import connection, transaction

    from truongso.demo.load import load
    from truongso.demo.size import Size
    from truongso.school.queries import forget

    forget()
    with transaction.atomic():
        begin = time.perf_counter()
        assert load(Size(classes))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a commit would still do
            taken = time.perf_counter() - begin
            cursor.execute("ANALYZE")
        yield taken
        transaction.set_rollback(True)
    forget()
