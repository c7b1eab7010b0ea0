from django.urls import path

from okoce.stages.p1_registration.desk import views

urlpatterns = [
    path("meja", views.desk, name="desk"),
    path("meja/cari", views.find_at_desk, name="find_at_desk"),
    path("meja/daftar", views.register_at_desk, name="register_at_desk"),
    path("meja/<str:number>/betulkan", views.correct_at_desk, name="correct_at_desk"),
    path("meja/<str:number>/wali", views.add_guardian_consent, name="add_guardian_consent"),
    path("meja/kecamatan", views.desk_districts, name="desk_districts"),
    path("meja/kelurahan", views.desk_villages, name="desk_villages"),
]
