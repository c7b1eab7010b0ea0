from django.urls import path

from okoce.community.partners.views import agreements, applying, deciding, partners, referrals, services

urlpatterns = [
    path("mitra", partners.partner_list, name="partner_list"),
    path("mitra/baru", partners.create_partner, name="create_partner"),
    path("mitra/daftar", applying.apply_partner, name="apply_partner"),
    path("mitra/daftar/kode", applying.apply_partner_code, name="apply_partner_code"),
    path("mitra/daftar/isi", applying.apply_partner_details, name="apply_partner_details"),
    path("mitra/daftar/wilayah", applying.apply_partner_area, name="apply_partner_area"),
    path("mitra/daftar/selesai", applying.apply_partner_done, name="apply_partner_done"),
    path("mitra/daftar/tarik", applying.withdraw_proposal, name="withdraw_proposal"),
    path("mitra/layanan", services.service_table, name="service_table"),
    path("mitra/<int:partner_id>", partners.partner_detail, name="partner_detail"),
    path("mitra/<int:partner_id>/ubah", partners.correct_partner, name="correct_partner"),
    path("mitra/<int:partner_id>/wilayah", partners.change_partner_areas, name="change_partner_areas"),
    path("mitra/<int:partner_id>/periksa", deciding.check_partner, name="check_partner"),
    path("mitra/<int:partner_id>/tanya", deciding.ask_partner, name="ask_partner"),
    path("mitra/<int:partner_id>/tolak", deciding.refuse_partner, name="refuse_partner"),
    path("mitra/<int:partner_id>/jeda", deciding.pause_partner, name="pause_partner"),
    path("mitra/<int:partner_id>/buka", deciding.reopen_partner, name="reopen_partner"),
    path("mitra/<int:partner_id>/tutup", deciding.close_partner, name="close_partner"),
    path("mitra/<int:partner_id>/narahubung", deciding.appoint_contact, name="appoint_contact"),
    path(
        "mitra/<int:partner_id>/narahubung/<int:contact_id>/akhiri", deciding.end_contact, name="end_contact"
    ),
    path("mitra/<int:partner_id>/perjanjian", agreements.register_agreement, name="register_agreement"),
    path("perjanjian", agreements.agreement_list, name="agreement_list"),
    path("perjanjian/<int:agreement_id>", agreements.agreement_detail, name="agreement_detail"),
    path("perjanjian/<int:agreement_id>/pdf", agreements.agreement_document, name="agreement_document"),
    path("perjanjian/<int:agreement_id>/pdf/simpan", agreements.keep_document, name="keep_document"),
    path("perjanjian/<int:agreement_id>/perpanjang", agreements.extend_agreement, name="extend_agreement"),
    path("perjanjian/<int:agreement_id>/akhiri", agreements.end_agreement, name="end_agreement"),
    path("perjanjian/<int:agreement_id>/kewajiban", agreements.add_obligation, name="add_obligation"),
    path(
        "perjanjian/<int:agreement_id>/kewajiban/<int:obligation_id>/coret",
        agreements.strike_obligation,
        name="strike_obligation",
    ),
    path("rujukan", referrals.referral_list, name="referral_list"),
    path("rujukan/kirim/<str:number>", referrals.send_referral, name="send_referral"),
    path("rujukan/<int:referral_id>", referrals.referral_detail, name="referral_detail"),
    path("rujukan/<int:referral_id>/terima", referrals.accept_referral, name="accept_referral"),
    path("rujukan/<int:referral_id>/tolak", referrals.decline_referral, name="decline_referral"),
    path("rujukan/<int:referral_id>/tarik", referrals.withdraw_referral, name="withdraw_referral"),
    path("rujukan/<int:referral_id>/selesai", referrals.close_referral, name="close_referral"),
]
