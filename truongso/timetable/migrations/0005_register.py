import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The register keeps who signed as what, what was corrected, which week was opened again and the school's own scale."""

    dependencies = [
        ("timetable", "0004_attendance"),
    ]

    operations = [
        migrations.AddField(
            model_name="registernote",
            name="content",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="registernote",
            name="homework_due",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="registernote",
            name="signed_as",
            field=models.CharField(
                choices=[("teacher", "giáo viên của tiết"), ("substitute", "dạy thay"), ("leader", "ban giám hiệu")],
                default="teacher",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="registerweek",
            name="head_remarks",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AlterField(
            model_name="registernote",
            name="lesson_text",
            field=models.CharField(max_length=320),
        ),
        migrations.CreateModel(
            name="RegisterChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.JSONField()),
                ("by_id", models.BigIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="timetable.registernote"
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="RegisterScale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ratings", models.JSONField(default=list)),
                ("only", models.BooleanField(default=True, editable=False, unique=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("only", True)), name="register_scale_is_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterUnlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                ("before", models.JSONField()),
                ("by_id", models.BigIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "week",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="unlocks", to="timetable.registerweek"
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
    ]
