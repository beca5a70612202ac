"""Items: the list, one item, its words and files, publishing and withdrawing."""

from django.urls import URLPattern, path

from gongkai.publishing.views import files, items, items_findings, items_list, items_release

urlpatterns: list[URLPattern] = [
    path("", items_list.items, name="list"),
    path("search/", items_list.search, name="search"),
    path("export/<slug:kind>/", items_list.export, name="export"),
    path("draft/<slug:slug>/", items.draft, name="draft"),
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/edit/", items.edit, name="edit"),
    path("items/<int:pk>/preview/", items.preview, name="preview"),
    path("items/<int:pk>/submit/", items.submit, name="submit"),
    path("items/<int:pk>/drop/", items.drop, name="drop"),
    path("items/<int:pk>/scan/", items_findings.scan, name="scan"),
    path("items/<int:pk>/waive/", items_findings.waive, name="waive"),
    path("items/<int:pk>/attest/", items_findings.attest, name="attest"),
    path("items/<int:pk>/publish/", items_release.publish, name="publish"),
    path("items/<int:pk>/on-website/", items_release.on_website, name="on_website"),
    path("items/<int:pk>/planned/<int:planned_pk>/cancel/", items_release.cancel_plan, name="cancel_plan"),
    path("items/<int:pk>/withdraw/", items_release.withdraw, name="withdraw"),
    path("items/<int:pk>/files/", files.add, name="add_file"),
    path("files/<int:pk>/", files.look, name="file"),
    path("files/<int:pk>/data/", files.data, name="file_data"),
    path("files/<int:pk>/picture/", files.picture, name="picture"),
    path("files/<int:pk>/remove/", files.remove, name="remove_file"),
    path("files/<int:pk>/rename/", files.rename, name="rename_file"),
    path("files/<int:pk>/replace/", files.replace, name="replace_file"),
    path("files/<int:pk>/clean/", files.clean, name="clean_file"),
    path("files/<int:pk>/mask/", files.mask, name="mask_file"),
]
