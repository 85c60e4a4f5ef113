from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    name = "truongso.conditions"
    label = "conditions"
    default_auto_field = "django.db.models.BigAutoField"
