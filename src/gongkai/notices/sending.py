"""Sending one delivery: take it, hand it over, write down what came of it; three transactions, so
that nobody waits for a mail server and a crash between any two is made good."""

import logging
import smtplib
from datetime import datetime

from django.conf import settings

from gongkai.notices import actions
from gongkai.notices.channels import Message, Undeliverable, channel_for
from gongkai.notices.models import Delivery
from gongkai.notices.policies import addresses_of

logger = logging.getLogger(__name__)


def attempt(delivery_id: int, *, at: datetime) -> None:
    """Send a delivery if it is open, due, not at night and in nobody's hands."""
    delivery = actions.claim(delivery_id=delivery_id, by=None, at=at)
    if delivery is None:
        return
    try:
        _hand_over(delivery)
    except Undeliverable as error:
        actions.give_up(delivery=delivery, reason=str(error), by=None, at=at)
    except Exception as error:
        # Its text may hold an address: neither logged nor stored.
        logger.warning("delivery %s not sent: %s", delivery.pk, type(error).__name__)
        actions.postpone(delivery=delivery, reason=_sentence(error), by=None, at=at)
    else:
        actions.settle(delivery=delivery, by=None, at=at)


def _hand_over(delivery: Delivery) -> None:
    notice = delivery.notice
    preference = getattr(notice.recipient, "notice_preference", None)
    to = addresses_of(notice, preference).get(delivery.channel, "")
    if not to:
        raise Undeliverable("收件人没有登记这个渠道的地址；请到“通知设置”补上。")
    message = Message(
        channel=delivery.channel,
        to=to,
        sender_name=notice.agency.name,
        title=notice.title,
        text=notice.text,
        link=settings.NOTICES_SITE_URL + notice.link if settings.NOTICES_SITE_URL and notice.link else "",
        message_id=delivery.message_id,
    )
    channel_for(delivery.channel).send(message)


def _sentence(error: Exception) -> str:
    """What went wrong, in one sentence without any address."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "邮件服务器不接受发件账号的密码；请系统管理员核对邮件设置。"
    if isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
        return "邮件服务器暂时不收这封邮件；稍后自动再发。"
    if isinstance(error, OSError):
        return "连不上发送通知的服务器；稍后自动再发。"
    return f"发送通知的程序出错（{type(error).__name__}）；稍后自动再发。"
