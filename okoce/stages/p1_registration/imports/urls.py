from django.urls import path

from okoce.stages.p1_registration.imports import views

urlpatterns = [
    path("impor", views.import_list, name="import_list"),
    path("impor/<int:import_id>", views.import_detail, name="import_detail"),
    path("impor/<int:import_id>/kolom", views.choose_columns, name="choose_columns"),
    path("impor/<int:import_id>/periksa", views.check_import, name="check_import"),
    path("impor/<int:import_id>/mulai", views.start_import, name="start_import"),
    path("impor/<int:import_id>/batal", views.cancel_import, name="cancel_import"),
    path("impor/<int:import_id>/ditolak", views.import_rejects, name="import_rejects"),
    path("impor/<int:import_id>/peringatan", views.import_warnings, name="import_warnings"),
]
