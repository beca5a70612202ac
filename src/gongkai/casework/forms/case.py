"""Striking out an entry of the log."""

from django import forms

from gongkai.casework.forms.acts.base import LONGEST_REASON, text


class StrikeForm(forms.Form):
    reason = text("划销的理由", "写明错在哪里", longest=LONGEST_REASON, rows=2)
