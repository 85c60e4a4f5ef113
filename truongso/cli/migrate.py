"""Bring the database to this version; refuse one that is newer than the program."""

from __future__ import annotations

import sys

from truongso.supervisor.say import Stop, say


def migrate(*, quiet: bool) -> int:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    unknown = sorted(
        f"{app}.{name}" for app, name in loader.applied_migrations if (app, name) not in loader.disk_migrations
    )
    ours = {config for config, _ in loader.disk_migrations}
    unknown = [name for name in unknown if name.split(".")[0] in ours and name not in _replaced(loader)]
    if unknown:
        raise Stop(
            f"Cơ sở dữ liệu thuộc bản mới hơn chương trình này (có {unknown[-1]}). Xin cài bản mới rồi chạy lại; chưa có gì bị sửa.",
            f"The database belongs to a newer version than this program (it has {unknown[-1]}). Install that one; nothing was changed.",
        )
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not quiet:
        sys.stdout.write(say("Cơ sở dữ liệu đã ở bản này.\n", "The database is at this version.\n"))
    return 0


def _replaced(loader: object) -> set[str]:
    return {f"{app}.{name}" for key in getattr(loader, "replacements", {}).values() for app, name in key.replaces}
