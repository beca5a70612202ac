"""Where items are posted: board, newsletter, WeChat, media."""

from django.urls import URLPattern, path

from gongkai.publishing.views import board, newsletters, postings, wechat

urlpatterns: list[URLPattern] = [
    path("postings/<slug:slug>/", postings.postings, name="postings"),
    path("postings/<slug:slug>/export/<slug:kind>/", postings.export, name="export_postings"),
    path("postings/<slug:slug>/find/", postings.find_item, name="find_postings"),
    path("items/<int:pk>/postings/", postings.of_item, name="item_postings"),
    path("posting/<int:pk>/", postings.posting, name="posting"),
    path("posting/<int:pk>/remove/", postings.remove, name="remove_posting"),
    path("posting/<int:pk>/strike/", postings.strike, name="strike_posting"),
    path("posting/<int:pk>/proofs/", postings.prove, name="add_proof"),
    path("proofs/<int:pk>/", postings.proof, name="posting_proof"),
    path("board/<slug:slug>/", board.board, name="board"),
    path("board/<slug:slug>/hang/", board.hang, name="hang"),
    path("board/<slug:slug>/finder/<slug:size>/", board.finder_sheet, name="finder_sheet"),
    path("items/<int:pk>/sheet/<slug:size>/", board.sheet, name="sheet"),
    path("finder/<slug:slug>/", board.finder, name="finder"),
    path("finder-lines/<int:pk>/", board.finder_line, name="finder_line"),
    path("finder-lines/<int:pk>/drop/", board.drop_line, name="drop_finder_line"),
    path("finder-lines/<int:pk>/move/", board.move_line, name="move_finder_line"),
    path("newsletters/<slug:slug>/", newsletters.newsletters, name="newsletters"),
    path("newsletters/issue/<int:pk>/", newsletters.newsletter, name="newsletter"),
    path("newsletters/issue/<int:pk>/add/", newsletters.add, name="add_newsletter_entries"),
    path("newsletters/issue/<int:pk>/release/", newsletters.release, name="release_newsletter"),
    path("newsletters/issue/<int:pk>/drop/", newsletters.drop, name="drop_newsletter"),
    path("newsletters/issue/<int:pk>/file/<slug:kind>/", newsletters.file, name="newsletter_file"),
    path("newsletters/entries/<int:pk>/", newsletters.entry, name="newsletter_entry"),
    path("items/<int:pk>/wechat/", wechat.wechat, name="wechat"),
    path("items/<int:pk>/wechat/package/", wechat.package, name="wechat_package"),
    path("items/<int:pk>/wechat/text/", wechat.text, name="wechat_text"),
    path("items/<int:pk>/wechat/send/", wechat.send, name="send_wechat"),
    path("wechat/<int:pk>/step/", wechat.step, name="wechat_step"),
    path("wechat/<int:pk>/published/", wechat.published, name="wechat_published"),
    path("wechat/<int:pk>/removed/", wechat.removed, name="wechat_removed"),
]
