"""The catalog, service guides, the disclosure guide, institutions."""

from django.urls import URLPattern, path

from gongkai.publishing.views import catalog, catalog_node, guides, links

urlpatterns: list[URLPattern] = [
    path("catalog/<slug:slug>/", catalog.catalog, name="catalog"),
    path("catalog/<slug:slug>/start/", catalog.start, name="start_catalog"),
    path("catalog/<slug:slug>/changes/", catalog.changes, name="catalog_changes"),
    path("catalog/<slug:slug>/export/<slug:kind>/", catalog.export, name="export_catalog"),
    path("catalog/<slug:slug>/add/", catalog_node.add, name="add_node"),
    path("nodes/<int:pk>/", catalog_node.node, name="node"),
    path("nodes/<int:pk>/edit/", catalog_node.change, name="change_node"),
    path("nodes/<int:pk>/move/", catalog_node.move, name="move_node"),
    path("nodes/<int:pk>/retire/", catalog_node.retire, name="retire_node"),
    path("nodes/<int:pk>/revive/", catalog_node.revive, name="revive_node"),
    path("nodes/<int:pk>/assign/", catalog_node.assign, name="assign_below"),
    path("nodes/<int:pk>/stages/", catalog_node.stage, name="add_stage"),
    path("stages/<int:pk>/item/", catalog_node.stage_item, name="stage_item"),
    path("stages/<int:pk>/remove/", catalog_node.stage_remove, name="remove_stage"),
    path("guides/<slug:slug>/", guides.guides, name="guides"),
    path("items/<int:pk>/institution/", guides.mark, name="mark_institution"),
    path("items/<int:pk>/links/", links.link, name="link_item"),
    path("links/<int:pk>/remove/", links.unlink, name="unlink_item"),
    path("settings/<slug:slug>/", catalog.settings, name="settings"),
]
