import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

KINDS = [
    ("room", "phòng học của trường"),
    ("teams", "Microsoft Teams"),
    ("zoom", "Zoom"),
    ("meet", "Google Meet"),
    ("zalo", "Zalo"),
    ("video", "bài giảng video"),
    ("other", "trang khác"),
]
HEALTH = [
    ("gone", "trang không còn"),
    ("private", "video đang để riêng tư"),
    ("error", "máy chủ của trang đang lỗi"),
    ("silent", "không liên lạc được với trang"),
]


class Migration(migrations.Migration):
    """The school's own room, links that are taken away without losing who went by them, what the last check saw."""

    dependencies = [("timetable", "0002_mode_word_and_taught_lesson")]

    operations = [
        migrations.RemoveConstraint("standinglink", "standing_link_once_a_kind"),
        migrations.AlterField("standinglink", "kind", models.CharField(choices=KINDS, max_length=8)),
        migrations.AlterField("periodlink", "kind", models.CharField(choices=KINDS, max_length=8)),
        migrations.AlterField("standinglink", "url", models.URLField(blank=True, max_length=500)),
        migrations.AlterField("periodlink", "url", models.URLField(blank=True, max_length=500)),
        migrations.AlterField("periodlink", "title", models.CharField(blank=True, max_length=120)),
        migrations.RemoveField("periodlink", "broken"),
        migrations.AddField(
            "periodlink",
            "broken",
            models.CharField(blank=True, choices=HEALTH, default="", max_length=8),
            preserve_default=False,
        ),
        migrations.AddField("periodlink", "removed_at", models.DateTimeField(null=True)),
        migrations.AddField("periodlink", "told_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "periodlink",
            "standing",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="used",
                to="timetable.standinglink",
            ),
        ),
        migrations.AddField(
            "standinglink",
            "broken",
            models.CharField(blank=True, choices=HEALTH, default="", max_length=8),
            preserve_default=False,
        ),
        migrations.AddField("standinglink", "by_id", models.BigIntegerField(null=True)),
        migrations.AddField("standinglink", "checked_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "standinglink",
            "created_at",
            models.DateTimeField(auto_now_add=True, default=timezone.now),
            preserve_default=False,
        ),
        migrations.AddField("standinglink", "removed_at", models.DateTimeField(null=True)),
        migrations.AddField("standinglink", "told_at", models.DateTimeField(null=True)),
        migrations.AddField("standinglink", "until", models.DateField(blank=True, null=True)),
        migrations.AddField("standinglink", "watch_for", models.CharField(blank=True, max_length=300)),
        # Rows of before get a token that nobody knows, so nobody can have been given it.
        migrations.AddField("standinglink", "token", models.CharField(max_length=24, null=True)),
        migrations.RunSQL(
            "UPDATE timetable_standinglink SET token = substr(replace(gen_random_uuid()::text, '-', ''), 1, 24)",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField("standinglink", "token", models.CharField(max_length=24, unique=True)),
        migrations.AddIndex("linkvisit", models.Index(fields=["person"], name="link_visit_by_person")),
        migrations.AddConstraint(
            "standinglink",
            models.UniqueConstraint(
                condition=models.Q(removed_at__isnull=True),
                fields=("unit", "subject", "kind"),
                nulls_distinct=False,
                name="standing_link_once_a_kind",
            ),
        ),
        migrations.AddConstraint(
            "standinglink",
            models.CheckConstraint(condition=models.Q(url__regex="^https?://"), name="standing_link_is_of_the_web"),
        ),
        migrations.AddConstraint(
            "periodlink",
            models.CheckConstraint(
                condition=models.Q(kind="room", url="") | (~models.Q(kind="room") & models.Q(url__regex="^https?://")),
                name="link_is_of_the_web_or_our_room",
            ),
        ),
        migrations.AddConstraint(
            "periodlink",
            models.UniqueConstraint(condition=models.Q(kind="room"), fields=("period",), name="link_one_room_a_period"),
        ),
        migrations.AddConstraint(
            "periodlink",
            models.UniqueConstraint(
                condition=models.Q(standing__isnull=False),
                fields=("period", "standing"),
                name="link_standing_once_a_period",
            ),
        ),
    ]
