from django.urls import path

from truongso.documents import tus, views

urlpatterns = [
    path("files/", views.files, name="files"),
    path("files/<str:public_id>/delete/", views.delete, name="file_delete"),
    path("files/<str:public_id>/restore/", views.restore, name="file_restore"),
    path("files/<str:public_id>/<str:name>", views.file, name="file"),
    path("uploads/", tus.create, name="upload_create"),
    path("uploads/<str:public_id>", tus.piece, name="upload"),
]
