import django.db.models.deletion
from django.db import migrations, models

MODES = [
    ("inperson", "học tại trường"),
    ("support", "trực tuyến hỗ trợ"),
    ("replace", "trực tuyến thay thế"),
    ("self", "tự học ở nhà"),
]


class Migration(migrations.Migration):
    """ "school" is also the name of a place on our pages; the form of teaching is called "inperson" like its colour."""

    dependencies = [("timetable", "0001_timetable"), ("curriculum", "0001_programmes")]

    operations = [
        migrations.AlterField("period", "mode", models.CharField(choices=MODES, default="inperson", max_length=8)),
        migrations.AlterField("modedecision", "mode", models.CharField(choices=MODES, max_length=8)),
        migrations.RunSQL(
            [
                "UPDATE timetable_period SET mode = 'inperson' WHERE mode = 'school'",
                "UPDATE timetable_modedecision SET mode = 'inperson' WHERE mode = 'school'",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.AddField(
            "registernote",
            "lesson",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="register_notes",
                to="curriculum.lesson",
            ),
        ),
        migrations.AddField("registernote", "ordinal", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddConstraint(
            "registernote",
            models.CheckConstraint(
                condition=models.Q(ordinal__isnull=True) | models.Q(ordinal__gte=1), name="register_ordinal_from_1"
            ),
        ),
    ]
