"""Addresses of alerts and of the hidden number."""

from django.urls import path

from simpul.desk.views import alerts, estimates

urlpatterns = [
    path("peringatan/", alerts.alerts, name="alerts"),
    path("peringatan/ketepatan/", alerts.record, name="alert_record"),
    path("peringatan/kata-baru/", alerts.new_wording, name="new_wording"),
    path("peringatan/<str:number>/", alerts.alert, name="alert"),
    path("peringatan/<str:number>/telaah/", alerts.take_up, name="alert_take_up"),
    path("angka-tersembunyi/", estimates.estimates, name="estimates"),
    path("angka-tersembunyi/<int:pk>/", estimates.estimate, name="estimate"),
]
