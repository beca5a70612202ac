"""The addresses of the desk, one file for each group of pages."""

from gongkai.publishing.urls import catalog, channels, duties, items, registers, review

app_name = "publishing"
urlpatterns = [
    *items.urlpatterns,
    *review.urlpatterns,
    *catalog.urlpatterns,
    *duties.urlpatterns,
    *registers.urlpatterns,
    *channels.urlpatterns,
]
