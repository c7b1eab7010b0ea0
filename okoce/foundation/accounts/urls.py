from django.urls import path

from okoce.foundation.accounts import views

urlpatterns = [
    path("masuk", views.sign_in, name="sign_in"),
    path("keluar", views.sign_out, name="sign_out"),
]
