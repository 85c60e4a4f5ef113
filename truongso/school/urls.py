from django.urls import path

from truongso.school.views import calendar, export, places, programme, setup, units

urlpatterns = [
    path("school/", setup.school, name="school"),
    path("school/setup/", setup.overview, name="school_setup"),
    path("school/setup/<slug:key>/", setup.step, name="school_setup_step"),
    path("school/setup/<slug:key>/move/", setup.move, name="school_setup_move"),
    path("school/undo/<str:token>/", setup.undo, name="school_undo"),
    path("school/export/<slug:what>/", export.export, name="school_export"),
    path("school/profile/", places.profile, name="school_profile"),
    path("school/campuses/", places.campuses, name="school_campuses"),
    path("school/bells/", places.bells, name="school_bells"),
    path("school/years/", calendar.years, name="school_years"),
    path("school/calendar/", calendar.calendar, name="school_calendar"),
    path("school/subjects/", programme.subjects, name="school_subjects"),
    path("school/subjects/<int:pk>/", programme.parts, name="school_parts"),
    path("school/periods/", programme.periods, name="school_periods"),
    path("school/groups/", units.groups, name="school_groups"),
    path("school/classes/", units.classes, name="school_classes"),
]
