"""What each word does. Django is loaded only by those that need it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from truongso.lib.datadir import DataDir
from truongso.supervisor import cluster, lock
from truongso.supervisor.children import die_with_parent
from truongso.supervisor.parts import address, private_cluster, web_command
from truongso.supervisor.say import Stop, say
from truongso.supervisor.up import prepared, up


def run(asked: Namespace) -> int:
    return VERBS[asked.verb](asked)


@contextmanager
def database(data: DataDir) -> Iterator[None]:
    """Django with a database that answers: the one of `up`, or the private cluster started for this command."""
    private = private_cluster(data)
    if private is None:
        yield from _with_django()
    elif lock.is_held(data) and private.ready():
        os.environ["DATABASE_URL"] = private.url
        yield from _with_django()
    else:
        with cluster.running(private) as url:
            private.ensure_database()
            os.environ["DATABASE_URL"] = url
            yield from _with_django()


def _with_django() -> Iterator[None]:
    import django
    from django.db import OperationalError, connections

    django.setup()
    try:
        yield
    except OperationalError as error:
        raise Stop(
            f"Cơ sở dữ liệu không trả lời: {str(error).splitlines()[0]}",
            f"The database does not answer: {str(error).splitlines()[0]}",
        ) from None
    finally:
        connections.close_all()


def _up(asked: Namespace) -> int:
    return up(demo=asked.demo)


def _web(asked: Namespace) -> int:
    data = prepared()
    with database(data):
        serving = subprocess.Popen(web_command(data), preexec_fn=die_with_parent())  # noqa: PLW1509 (one thread)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: serving.terminate())
        return serving.wait()


def _gateway(asked: Namespace) -> int:
    with database(prepared()):
        from truongso.realtime.commands import run_gateway

        run_gateway()
    return 0


def _worker(asked: Namespace) -> int:
    with database(prepared()):
        from truongso.jobs.commands import run_worker

        run_worker(asked.queues.split(",") if asked.queues else None)
    return 0


def _migrate(asked: Namespace) -> int:
    from truongso.cli.migrate import migrate

    with database(prepared()):
        return migrate(quiet=asked.quiet)


def _demo(asked: Namespace) -> int:
    if asked.files is not None:
        import django

        django.setup()
        from truongso.demo.files import files

        return files(asked.files)
    with database(prepared()):
        from truongso.cli.migrate import migrate
        from truongso.demo.command import demo, tell_sign_ins
        from truongso.demo.load import load

        if asked.accounts:
            return tell_sign_ins(as_json=asked.json)
        migrate(quiet=True)
        if asked.quiet:
            load(asked.classes)
            return 0
        return demo(asked.classes)


def _create_admin(asked: Namespace) -> int:
    name = asked.name or input(say("Họ và tên người quản trị: ", "Full name of the administrator: ")).strip()
    if not name:
        raise Stop("Xin cho biết họ và tên.", "A full name is needed.")
    with database(prepared()):
        from truongso.cli.migrate import migrate
        from truongso.people.commands import create_admin

        migrate(quiet=True)
        return create_admin(name, address())


def _doctor(asked: Namespace) -> int:
    from truongso.supervisor.doctor import doctor

    return doctor(as_json=asked.json)


def _backup(asked: Namespace) -> int:
    from truongso.supervisor.backup import backup

    return backup(asked.file, asked.passphrase_file)


def _restore(asked: Namespace) -> int:
    from truongso.supervisor.restore import restore

    return restore(asked.file, asked.passphrase_file, replace=asked.replace)


def _audit(asked: Namespace) -> int:
    with database(prepared()):
        from truongso.audit.commands import verify

        return verify()


def _import(asked: Namespace) -> int:
    with database(prepared()):
        from truongso.cli.migrate import migrate
        from truongso.intake.commands import import_people

        migrate(quiet=True)
        if asked.what == "programme":
            from truongso.curriculum.commands import import_programme

            return import_programme(
                asked.file, subject=asked.subject, grade=asked.grade, year=asked.year, write=asked.commit, as_json=asked.json
            )  # fmt: skip
        if asked.what == "timetable":
            from truongso.timetable.commands import import_timetable

            return import_timetable(
                [asked.file, *([asked.more] if asked.more else [])], name=asked.version, first=asked.first, year=asked.year,
                write=asked.commit, publish=asked.publish, keep=asked.keep, as_json=asked.json,
            )  # fmt: skip
        return import_people(asked.file, write=asked.commit, as_json=asked.json, sheet=asked.sheet, year=asked.year)


def _export(asked: Namespace) -> int:
    with database(prepared()):
        from truongso.intake.commands import export_people

        return export_people(asked.file, layout=asked.layout, class_name=asked.class_name, staff=asked.staff)


def _manage(asked: Namespace) -> int:
    with database(prepared()):
        from django.core.management import execute_from_command_line

        execute_from_command_line(["truongso manage", *asked.rest])
        return 0


VERBS: dict[str, Callable[[Namespace], int]] = {
    "up": _up, "web": _web, "gateway": _gateway, "worker": _worker, "migrate": _migrate, "demo": _demo,
    "create-admin": _create_admin, "doctor": _doctor, "backup": _backup, "restore": _restore, "audit": _audit,
    "import": _import, "export": _export, "manage": _manage,
}  # fmt: skip
sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
