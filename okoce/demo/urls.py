from django.urls import path

from okoce.demo import views

urlpatterns = [path("demo/kode", views.demo_codes, name="demo_codes")]
