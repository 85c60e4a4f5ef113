from django.urls import path

from truongso.curriculum.views import bring, overview, programme

urlpatterns = [
    path("programmes/", overview.programmes, name="programmes"),
    path("programmes/bring/", bring.bring_any, name="bring_any"),
    path("programmes/start/<int:year>/<int:subject>/<int:grade>/", overview.start, name="programme_start"),
    path("programmes/<int:pk>/", programme.programme, name="programme"),
    path("programmes/<int:pk>/bring/", bring.bring, name="bring"),
    path("programmes/<int:pk>/print/", programme.programme_print, name="programme_print"),
    path("programmes/<int:pk>/annex/<str:kind>/", programme.programme_file, name="programme_file"),
    path("programmes/<int:pk>/undo/<str:token>/", programme.programme_undo, name="programme_undo"),
]
