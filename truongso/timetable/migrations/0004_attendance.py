"""Rolls keep why they were corrected, notes excuse marks, and the rule of counting absences is dated data."""

import tomllib
from pathlib import Path

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

DATA = Path(__file__).parent.parent / "data" / "absences.toml"


def fill(apps, schema_editor):
    row = tomllib.loads(DATA.read_text(encoding="utf-8"))
    apps.get_model("timetable", "AbsencePolicy").objects.create(during=DateRange(row.pop("first"), None), **row)


class Migration(migrations.Migration):
    dependencies = [("timetable", "0003_ways_in")]

    operations = [
        migrations.AddField(
            "rollmark",
            "excuse",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="marks",
                to="timetable.absencenote",
            ),
        ),
        migrations.AddField(
            "rollchange",
            "before_more",
            models.CharField(blank=True, max_length=140, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "rollchange", "after_more", models.CharField(blank=True, max_length=140, default=""), preserve_default=False
        ),
        migrations.AddField(
            "rollchange", "reason", models.CharField(blank=True, max_length=200, default=""), preserve_default=False
        ),
        migrations.AddField("absencenote", "by_school", models.BooleanField(default=False)),
        migrations.AddField("absencenote", "after_lock", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "absencenote",
            models.CheckConstraint(
                condition=models.Q(("during__isempty", False)),
                name="absence_note_has_days",
            ),
        ),
        migrations.CreateModel(
            name="AbsencePolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("during", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("limit", models.PositiveSmallIntegerField()),
                ("warn_first", models.PositiveSmallIntegerField()),
                ("warn_second", models.PositiveSmallIntegerField()),
                ("online_replace", models.BooleanField()),
                ("online_support", models.BooleanField()),
                ("self_study", models.BooleanField()),
                ("lock_days", models.PositiveSmallIntegerField()),
                ("article", models.CharField(max_length=160)),
            ],
            options={"ordering": ("during",)},
        ),
        migrations.AddConstraint(
            "absencepolicy",
            django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("during", "&&")],
                name="absence_policy_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            "absencepolicy",
            models.CheckConstraint(
                condition=models.Q(
                    ("warn_first__lte", models.F("warn_second")), ("warn_second__lte", models.F("limit"))
                ),
                name="absence_policy_warns_before_the_limit",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
