"""The addresses of the desk, one file for each group of pages."""

from gongkai.casework.urls import case, decide, desk, intake

app_name = "casework"
urlpatterns = [*desk.urlpatterns, *intake.urlpatterns, *case.urlpatterns, *decide.urlpatterns]
