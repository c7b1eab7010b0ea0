from django.urls import path

from okoce.dashboards.emergency.views import own, register

urlpatterns = [
    path("akses-darurat", own.open_emergency, name="open_emergency"),
    path("akses-darurat/akhiri", own.end_emergency, name="end_emergency"),
    path("data-pribadi/akses-darurat", register.emergency_list, name="emergency_list"),
    path("data-pribadi/akses-darurat/<int:emergency_id>", register.emergency_detail, name="emergency_detail"),
    path(
        "data-pribadi/akses-darurat/<int:emergency_id>/hentikan",
        register.stop_emergency,
        name="stop_emergency",
    ),
]
