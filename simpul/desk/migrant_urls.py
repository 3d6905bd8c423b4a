"""Addresses of the desk for people who came home."""

from django.urls import path

from simpul.desk.views import documents, handovers, meetings, own_data, returnees, screening, ways

RETURNEE = "pemulangan/<str:number>/<int:row>/"

urlpatterns = [
    path("pemulangan/", returnees.came_home, name="returnees"),
    path("pemulangan/baru/", returnees.new, name="returnee_new"),
    path("pemulangan/pemberitahuan/<int:pk>/", handovers.tell_home, name="notice"),
    path("pemulangan/pemberitahuan/<int:pk>/surat/", documents.home_notice, name="document_home_notice"),
    path(RETURNEE, returnees.returnee, name="returnee"),
    path(f"{RETURNEE}tampilkan/", returnees.show, name="returnee_show"),
    path(f"{RETURNEE}betulkan/", returnees.correct, name="returnee_correct"),
    path(f"{RETURNEE}desa/", meetings.village, name="returnee_village"),
    path(f"{RETURNEE}jalur/", ways.of_returnee, name="returnee_way"),
    path(f"{RETURNEE}kunjungan/", meetings.visit, name="returnee_visit"),
    path(f"{RETURNEE}penapisan/", screening.screen, name="returnee_screening"),
    path(f"{RETURNEE}serah-terima/", handovers.hand_over, name="returnee_hand_over"),
    path(f"{RETURNEE}serah-terima/surat/", documents.handover_of_returnee, name="document_returnee_handover"),
    path(f"{RETURNEE}penolakan/", handovers.refuse, name="returnee_refuse"),
    path(f"{RETURNEE}penolakan/surat/", documents.refusal_of_returnee, name="document_returnee_refusal"),
    path(f"{RETURNEE}pengecualian/", returnees.exclusion, name="returnee_exclusion"),
    path(f"{RETURNEE}pengecualian/<int:pk>/cabut/", returnees.let_in, name="returnee_exclusion_lift"),
    path(f"{RETURNEE}pembaca/", own_data.readings_of_returnee, name="returnee_readings"),
    path(f"{RETURNEE}salinan/", own_data.copy_of_returnee, name="returnee_copy"),
    path(f"{RETURNEE}pembatasan/", own_data.restrict_returnee, name="returnee_restrict"),
    path(f"{RETURNEE}pembatasan/cabut/", own_data.unrestrict_returnee, name="returnee_unrestrict"),
]
