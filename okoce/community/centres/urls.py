from django.urls import path

from okoce.community.centres.views import deciding, desk, photos, public

urlpatterns = [
    path("pusat", public.nearest_centres, name="nearest_centres"),
    path("pusat/<int:centre_id>", public.centre, name="centre"),
    path("pusat/<int:centre_id>/foto/<str:name>.webp", photos.public_photo, name="centre_photo"),
    path("pusat/kelola", desk.centre_list, name="centre_list"),
    path("pusat/kelola/<int:centre_id>", desk.centre_detail, name="centre_detail"),
    path("pusat/kelola/<int:centre_id>/ubah", desk.change_centre, name="change_centre"),
    path("pusat/kelola/<int:centre_id>/foto", photos.keep_photo, name="keep_centre_photo"),
    path("pusat/kelola/<int:centre_id>/foto/lepas", photos.remove_photo, name="remove_centre_photo"),
    path("pusat/kelola/<int:centre_id>/foto/<str:name>.webp", photos.desk_photo, name="planned_centre_photo"),
    path("pusat/kelola/<int:centre_id>/buka", deciding.open_centre, name="open_centre"),
    path("pusat/kelola/<int:centre_id>/jeda", deciding.pause_centre, name="pause_centre"),
    path("pusat/kelola/<int:centre_id>/tutup", deciding.close_centre, name="close_centre"),
    path("pusat/kelola/<int:centre_id>/serahkan", deciding.hand_over_centre, name="hand_over_centre"),
    path("komunitas/<int:group_id>/pusat/baru", desk.plan_centre, name="plan_centre"),
]
