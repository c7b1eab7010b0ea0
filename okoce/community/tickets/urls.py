from django.urls import path

from okoce.community.tickets.views import desk, public

urlpatterns = [
    path("lapor", public.send, name="send_ticket"),
    path("lapor/cari", public.find, name="find_ticket"),
    path("lapor/<str:ticket_code>", public.ticket, name="ticket"),
    path("lapor/<str:ticket_code>/foto/<str:name>.webp", public.ticket_photo, name="ticket_photo"),
    path("lapor/<str:ticket_code>/tambah", public.add_words, name="add_ticket_words"),
    path("lapor/<str:ticket_code>/selesai", public.confirm_solved, name="confirm_ticket_solved"),
    path("laporan", desk.ticket_list, name="ticket_list"),
    path("laporan/<int:ticket_id>", desk.ticket_detail, name="ticket_detail"),
    path("laporan/<int:ticket_id>/foto/<str:name>.webp", desk.photo, name="desk_ticket_photo"),
    path("laporan/<int:ticket_id>/ambil", desk.take, name="take_ticket"),
    path("laporan/<int:ticket_id>/jawab", desk.answer, name="answer_ticket"),
    path("laporan/<int:ticket_id>/tanya", desk.ask, name="ask_sender"),
    path("laporan/<int:ticket_id>/teruskan", desk.hand_over, name="hand_over_ticket"),
    path("laporan/<int:ticket_id>/tutup", desk.close, name="close_ticket"),
]
