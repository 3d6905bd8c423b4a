"""Addresses of the desk for records that may be of one person."""

from django.urls import path

from simpul.desk.views import linkage, linkage_quality

BELOW = "orang-yang-sama/"

urlpatterns = [
    path(BELOW, linkage.pairs, name="pairs"),
    path(f"{BELOW}<int:pk>/", linkage.pair, name="pair"),
    path(f"{BELOW}<int:pk>/nanti/", linkage.later, name="pair_later"),
    path(f"{BELOW}<int:pk>/tanya/", linkage.ask, name="pair_ask"),
    path(f"{BELOW}orang/<int:pk>/", linkage.propose, name="pair_propose"),
    path(f"{BELOW}keputusan/", linkage.decisions, name="decisions"),
    path(f"{BELOW}keputusan/<int:pk>/cabut/", linkage.take_back, name="decision_take_back"),
    path(f"{BELOW}mutu/", linkage_quality.quality, name="quality"),
    path(f"{BELOW}mutu/ukur/", linkage_quality.measure, name="quality_measured"),
    path(f"{BELOW}salah-cocok/", linkage.false_matches, name="false_matches"),
    path(f"{BELOW}pertanyaan/", linkage.questions, name="inquiries"),
    path(f"{BELOW}pertanyaan/<int:pk>/", linkage.question, name="inquiry"),
    path(f"{BELOW}pertanyaan/<int:pk>/tarik/", linkage.withdraw, name="inquiry_withdraw"),
]
