from django.urls import path

from truongso.intake import views

urlpatterns = [
    path("import/", views.imports, name="imports"),
    path("import/<int:pk>/", views.preview, name="import"),
    path("import/<int:pk>/mend/", views.mend, name="import_mend"),
    path("import/<int:pk>/write/", views.write, name="import_write"),
    path("import/<int:pk>/undo/", views.undo, name="import_undo"),
    path("import/<int:pk>/drop/", views.drop, name="import_drop"),
    path("import/<int:pk>/wrong/", views.wrong, name="import_wrong"),
    path("import/<int:pk>/columns/<int:number>/", views.columns, name="import_columns"),
    path("export/people/<slug:layout>/", views.take_out, name="export_people"),
]
