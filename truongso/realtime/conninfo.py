"""How to reach the database that Django uses, for those who speak to it without Django."""

from __future__ import annotations

from django.conf import settings
from psycopg.conninfo import make_conninfo


def conninfo() -> str:
    db = settings.DATABASES["default"]
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return make_conninfo("", **{name: str(db[key]) for name, key in names.items() if db[key]})
