from django.urls import path

from truongso.timetable.views import absences, notes, rolls

urlpatterns = [
    path("periods/<int:pk>/roll/", rolls.period_roll, name="period_roll"),
    path("classes/<int:pk>/roll/", rolls.class_roll, name="class_roll"),
    path("classes/<int:pk>/notes/", notes.class_notes, name="class_notes"),
    path("classes/<int:pk>/absences/", absences.class_absences, name="class_absences"),
    path("classes/<int:pk>/absences/export/", absences.class_absences_export, name="class_absences_export"),
    path("people/<int:pk>/absences/", absences.pupil_absences, name="pupil_absences"),
    path("absence/", notes.absence, name="absence"),
    path("absence/<int:pk>/withdraw/", notes.note_withdraw, name="note_withdraw"),
    path("absence/<int:pk>/seen/", notes.note_mark_seen, name="note_seen"),
    path("absences/", absences.school_absences, name="school_absences"),
    path("absences/export/", absences.school_absences_export, name="school_absences_export"),
    path("absences/rules/", absences.absence_policies, name="absence_policies"),
    path("absences/rules/<int:pk>/", absences.absence_policy_edit, name="absence_policy_edit"),
]
