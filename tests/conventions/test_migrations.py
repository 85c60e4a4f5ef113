"""The tables are those of the models, and migrations say what they do."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from tests.conventions.sources import PACKAGE


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_are_named_and_import_no_app() -> None:
    for path in PACKAGE.glob("*/migrations/0*.py"):
        assert not re.search(r"_(auto|alter|initial)_?\d*", path.stem) or "_initial" not in path.stem, path
        assert not re.search(r"_auto_\d{8}", path.stem), path
        lines = path.read_text(encoding="utf-8").splitlines()
        imports = [line for line in lines if line.startswith(("import truongso", "from truongso"))]
        assert all(
            line.startswith("import truongso.documents.models") or line.startswith("import truongso.people")
            for line in imports
        ), path
