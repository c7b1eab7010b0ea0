from django.urls import path

from okoce.dashboards import views

urlpatterns = [
    path("", views.home, name="home"),
    path("corong", views.funnel, name="funnel"),
]
