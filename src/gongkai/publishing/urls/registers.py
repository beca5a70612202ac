"""The registers behind Table 2: normative documents, matters, decisions; and what applicants were given."""

from django.urls import URLPattern, path

from gongkai.publishing.views import normative, register_imports, registers, suggestions

urlpatterns: list[URLPattern] = [
    path("library/<slug:slug>/", normative.documents, name="library"),
    path("library/<slug:slug>/export/<slug:kind>/", normative.export, name="library_export"),
    path("library/<slug:slug>/enter/", normative.enter, name="enter_document"),
    path("library/<slug:slug>/<int:pk>/", normative.document, name="library_document"),
    path("library/<slug:slug>/<int:pk>/edit/", normative.edit, name="edit_document"),
    path("library/<slug:slug>/<int:pk>/event/", normative.event, name="enter_validity"),
    path("library/<slug:slug>/<int:pk>/strike/", normative.strike, name="strike_document"),
    path(
        "library/<slug:slug>/<int:pk>/events/<int:event_pk>/strike/",
        normative.strike_event,
        name="strike_validity",
    ),
    path("registers/<slug:slug>/<slug:kind>/", registers.register, name="register"),
    path("registers/<slug:slug>/<slug:kind>/export/<slug:form>/", registers.export, name="register_export"),
    path("registers/<slug:slug>/<slug:kind>/matter/", registers.enter_matter, name="enter_matter"),
    path("registers/<slug:slug>/<slug:kind>/enter/", registers.enter_decision, name="enter_decision"),
    path("matters/<int:pk>/", registers.matter, name="matter"),
    path("matters/<int:pk>/strike/", registers.strike_matter, name="strike_matter"),
    path("entries/<int:pk>/", registers.entry, name="register_entry"),
    path("entries/<int:pk>/revoke/", registers.revoke, name="revoke_decision"),
    path("entries/<int:pk>/take-back/", registers.take_back, name="take_back_decision"),
    path("entries/<int:pk>/link/", registers.link, name="link_decision"),
    path("entries/<int:pk>/strike/", registers.strike, name="strike_decision"),
    path("import/<slug:slug>/<slug:register>/<slug:kind>/", register_imports.choose, name="import_register"),
    path(
        "import/<slug:slug>/<slug:register>/<slug:kind>/template/",
        register_imports.blank,
        name="import_register_template",
    ),
    path("imports/<int:pk>/", register_imports.preview, name="import_preview"),
    path("suggestions/<slug:slug>/", suggestions.suggestions, name="suggestions"),
    path("convert/<int:pk>/", suggestions.convert, name="convert"),
    path("suggestion/<int:pk>/decide/", suggestions.decide, name="decide_conversion"),
    path("suggestion/<int:pk>/draft/", suggestions.draft, name="draft_conversion"),
]
