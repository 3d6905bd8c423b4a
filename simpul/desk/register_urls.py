"""Addresses of the desk for the register of migrant workers."""

from django.urls import path

from simpul.desk.views import own_data, register

WORKER = "register/<int:pk>/"

urlpatterns = [
    path("register/", register.register, name="register"),
    path("register/baru/", register.new, name="worker_new"),
    path("register/unduh/", register.download, name="register_table"),
    path(WORKER, register.worker, name="worker"),
    path(f"{WORKER}tampilkan/", register.show, name="worker_show"),
    path(f"{WORKER}ubah/", register.change, name="worker_change"),
    path(f"{WORKER}coret/", register.strike, name="worker_strike"),
    path(f"{WORKER}pulihkan/", register.restore, name="worker_restore"),
    path(f"{WORKER}pembaca/", own_data.readings_of_worker, name="worker_readings"),
    path(f"{WORKER}salinan/", own_data.copy_of_worker, name="worker_copy"),
    path(f"{WORKER}pembatasan/", own_data.restrict_worker, name="worker_restrict"),
    path(f"{WORKER}pembatasan/cabut/", own_data.unrestrict_worker, name="worker_unrestrict"),
]
