"""What is due: the board, the plan, channels, stale columns, reassessment, transfers."""

from django.urls import URLPattern, path

from gongkai.publishing.views import duties, plan, rescans, transfers, withheld

urlpatterns: list[URLPattern] = [
    path("duties/<slug:slug>/", duties.duties, name="duties"),
    path("duties/<slug:slug>/export/<slug:kind>/", duties.export, name="export_duties"),
    path("lateness/<slug:slug>/", duties.lateness, name="lateness"),
    path("channel-gaps/<slug:slug>/", duties.channels, name="channel_gaps"),
    path("channel-gaps/<slug:slug>/export/<slug:kind>/", duties.export_channels, name="export_channel_gaps"),
    path("stale/<slug:slug>/", duties.stale, name="stale"),
    path("rescans/<slug:slug>/", rescans.rescans, name="rescans"),
    path("plan/<slug:slug>/", plan.plan, name="plan"),
    path("plan/<slug:slug>/add/", plan.add, name="add_plan_entry"),
    path("plan/<slug:slug>/copy/", plan.copy, name="copy_plan"),
    path("plan/<slug:slug>/export/<slug:kind>/", plan.export, name="export_plan"),
    path("plan-entries/<int:pk>/", plan.entry, name="plan_entry"),
    path("withheld/<slug:slug>/", withheld.withheld, name="withheld"),
    path("withheld/<slug:slug>/export/<slug:kind>/", withheld.export, name="export_withheld"),
    path("items/<int:pk>/reassess/", withheld.reassess, name="reassess"),
    path("transfers/<slug:slug>/", transfers.transfers, name="transfers"),
    path("transfers/batch/<int:pk>/", transfers.transfer, name="transfer"),
    path("transfers/batch/<int:pk>/export/<slug:kind>/", transfers.export, name="export_transfer"),
]
