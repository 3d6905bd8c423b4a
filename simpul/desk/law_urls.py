"""Addresses of the desk for the law's track, restitution, consents, referrals outside, papers and the end of a case."""

from django.urls import path

from simpul.desk.views import consents, documents, endings, outside, proceedings, referrals, restitution

CASE = "kasus/<str:number>/"
PERSON = f"{CASE}orang/<int:pk>/"
PROCEEDING = f"{CASE}perkara/<int:pk>/"
RESTITUTION = f"{PERSON}restitusi/"
CONSENT = f"{PERSON}persetujuan/"
REFERRAL = "rujukan/<int:pk>/"

urlpatterns = [
    path(f"{CASE}perkara/baru/", proceedings.new, name="case_proceeding_new"),
    path(PROCEEDING, proceedings.proceeding, name="case_proceeding"),
    path(f"{PROCEEDING}ubah/", proceedings.edit, name="case_proceeding_edit"),
    path(f"{PROCEEDING}langkah/<int:step_pk>/coret/", proceedings.strike, name="case_proceeding_strike"),
    path(f"{CASE}pemeriksaan/baru/", proceedings.examine, name="case_examination_new"),
    path(RESTITUTION, restitution.claim, name="case_restitution"),
    path(f"{RESTITUTION}mulai/", restitution.begin, name="case_restitution_begin"),
    path(f"{RESTITUTION}rincian/", restitution.items, name="case_restitution_items"),
    path(f"{RESTITUTION}perkara/", restitution.decides, name="case_restitution_proceeding"),
    path(f"{RESTITUTION}langkah/<int:step_pk>/coret/", restitution.strike, name="case_restitution_strike"),
    path("restitusi/", restitution.sums, name="restitution_sums"),
    path("restitusi.csv", restitution.sums_table, name="restitution_table"),
    path(CONSENT, consents.new, name="case_consent"),
    path(f"{CONSENT}lembar/", consents.sheet, name="document_consent"),
    path(f"{CONSENT}<int:consent_pk>/cabut/", consents.withdraw, name="case_consent_withdraw"),
    path(f"{REFERRAL}tautan/", outside.link, name="referral_link"),
    path(f"{REFERRAL}tautan/surat/", outside.cover, name="document_referral_cover"),
    path(f"{REFERRAL}tautan/akhiri/", outside.end, name="referral_link_end"),
    path(f"{REFERRAL}lembar/", outside.inner, name="document_referral_inner"),
    path(f"{REFERRAL}berhenti/", referrals.stop, name="referral_stop"),
    path(f"{REFERRAL}jawaban/", outside.answer, name="referral_answer"),
    path(f"{CASE}layanan/<int:pk>/penolakan/", documents.refusal_of_service, name="document_service_refusal"),
    path(f"{CASE}layanan/<int:pk>/serah-terima/", documents.handover, name="document_handover"),
    path(f"{PERSON}hak/<str:right>/penolakan/", documents.refusal_of_right, name="document_right_refusal"),
    path(f"{RESTITUTION}surat/", documents.claim, name="document_restitution"),
    path(f"{PERSON}surat-kuasa/", documents.power_of_attorney, name="document_power_of_attorney"),
    path(f"{PERSON}tanda-terima/", documents.receipt, name="document_receipt"),
    path(f"{CASE}permintaan/<int:pk>/pembaca/surat/", documents.readings, name="document_readings"),
    path("kebocoran/<str:number>/surat/cetak/", documents.breach, name="document_breach"),
    path(f"{CASE}tutup/", endings.close, name="case_close"),
    path(f"{CASE}terulang/", endings.begin_again, name="case_recurrence"),
    path(f"{CASE}serahkan/", endings.hand_over, name="case_hand_over"),
    path(f"{CASE}akses/", endings.access, name="case_access"),
]
