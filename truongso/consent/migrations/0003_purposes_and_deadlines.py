"""The purposes and the law's deadlines to begin with, from consent/data."""

import tomllib
from pathlib import Path

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

DATA = Path(__file__).parent.parent / "data"


def fill(apps, schema_editor):
    Purpose, Version = apps.get_model("consent", "Purpose"), apps.get_model("consent", "PurposeVersion")
    Deadline = apps.get_model("consent", "Deadline")
    for order, row in enumerate(tomllib.loads((DATA / "purposes.toml").read_text(encoding="utf-8"))["purpose"], 1):
        purpose = Purpose.objects.create(code=row["code"], order=order * 10, needs_follow_up=row["needs_follow_up"])
        words = {key: row[key] for key in ("title", "text", "which_data", "kept", "discloses")}
        Version.objects.create(purpose=purpose, number=1, during=DateRange(row["first"], None), **words)
    terms = tomllib.loads((DATA / "deadlines.toml").read_text(encoding="utf-8"))
    for kind, (acknowledge, answer, third, extension) in terms["kinds"].items():
        Deadline.objects.create(
            kind=kind, acknowledge=acknowledge, answer=answer, answer_third=third, extension=extension,
            article=terms["article"], during=DateRange(terms["first"], None),
        )


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_answers_only_grow")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
