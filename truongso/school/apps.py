from django.apps import AppConfig


class SchoolConfig(AppConfig):
    name = "truongso.school"
    label = "school"
    default_auto_field = "django.db.models.BigAutoField"
