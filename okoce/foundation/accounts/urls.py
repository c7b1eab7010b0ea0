from django.urls import path

from okoce.foundation.accounts import views

urlpatterns = [
    path("masuk", views.sign_in, name="sign_in"),
    path("masuk/kode", views.sign_in_code, name="sign_in_code"),
    path("masuk/siapa", views.choose_person, name="choose_person"),
    path("keluar", views.sign_out, name="sign_out"),
]
