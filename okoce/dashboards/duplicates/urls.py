from django.urls import path

from okoce.dashboards.duplicates import deeds, views

urlpatterns = [
    path("ganda", views.duplicate_list, name="duplicate_list"),
    path("ganda/digabung", views.merge_list, name="merge_list"),
    path("ganda/digabung/<int:merge_id>/batal", deeds.undo_merge, name="undo_merge"),
    path("ganda/<int:candidate_id>", views.duplicate_detail, name="duplicate_detail"),
    path("ganda/<int:candidate_id>/gabung", deeds.merge_duplicate, name="merge_duplicate"),
    path("ganda/<int:candidate_id>/berbeda", deeds.dismiss_duplicate, name="dismiss_duplicate"),
    path("ganda/<int:candidate_id>/buka-lagi", deeds.reopen_duplicate, name="reopen_duplicate"),
    path("ganda/<int:contradiction_id>/selesai", deeds.settle_contradiction, name="settle_contradiction"),
]
