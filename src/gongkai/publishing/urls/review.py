"""The review: sheets, opinions, findings, delegations."""

from django.urls import URLPattern, path

from gongkai.publishing.views import review, review_delegations

urlpatterns: list[URLPattern] = [
    path("review/", review.waiting, name="waiting"),
    path("review/<int:pk>/", review.review, name="review"),
    path("review/<int:pk>/print/", review.printed, name="review_print"),
    path("review/<int:pk>/recall/", review.recall, name="recall"),
    path("review/<int:pk>/refer/", review.put_question, name="refer"),
    path("review/<int:pk>/answer/<int:referral_pk>/", review.answer, name="answer"),
    path("delegations/", review_delegations.delegations, name="delegations"),
    path("delegations/<int:pk>/end/", review_delegations.end, name="end_delegation"),
]
