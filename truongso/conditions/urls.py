from django.urls import path

from truongso.conditions.views import bookings, rooms, rounds, survey

urlpatterns = [
    path("rooms/", rooms.rooms, name="rooms"),
    path("rooms/export/", rooms.rooms_export, name="rooms_export"),
    path("rooms/add/", rooms.room_add, name="room_add"),
    path("rooms/bookings/", bookings.booking_rooms, name="booking_rooms"),
    path("rooms/<int:pk>/", rooms.room, name="room"),
    path("rooms/<int:pk>/edit/", rooms.room_edit, name="room_edit"),
    path("rooms/<int:pk>/fault/", rooms.fault_report, name="fault_report"),
    path("rooms/<int:pk>/bookings/", bookings.bookings, name="bookings"),
    path("bookings/<int:pk>/cancel/", bookings.booking_cancel, name="booking_cancel"),
    path("faults/<int:pk>/repair/", rooms.fault_repair, name="fault_repair"),
    path("equipment/", rooms.equipment, name="equipment"),
    path("equipment/add/", rooms.equipment_add, name="equipment_add"),
    path("equipment/<int:pk>/edit/", rooms.equipment_edit, name="equipment_edit"),
    path("survey/", survey.my_survey, name="my_survey"),
    path("survey/<int:pk>/", survey.survey, name="survey"),
    path("survey/<int:pk>/thanks/", survey.survey_thanks, name="survey_thanks"),
    path("survey/rounds/", rounds.survey_rounds, name="survey_rounds"),
    path("survey/rounds/add/", rounds.survey_round_add, name="survey_round_add"),
    path("survey/rounds/<int:pk>/", rounds.survey_round, name="survey_round"),
    path("survey/rounds/<int:pk>/edit/", rounds.survey_round_edit, name="survey_round_edit"),
    path("survey/rounds/<int:pk>/export/", rounds.survey_export, name="survey_export"),
    path("survey/rounds/<int:pk>/remind/", rounds.survey_remind, name="survey_remind"),
    path("survey/rounds/<int:pk>/classes/<int:unit_pk>/", rounds.survey_class, name="survey_class"),
]
