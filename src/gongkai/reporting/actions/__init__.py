"""Every write of the desk, a verb each. All take ``by`` and ``at``; all leave a line in the trail."""

from gongkai.reporting.actions.editing import EditedMeanwhile, UnableToEdit
from gongkai.reporting.actions.figures import adjust, keep_reading, save_figures, take_over
from gongkai.reporting.actions.registers import (
    UnableToAdjust,
    UnableToFill,
    UnableToTakeCut,
    fill_from_registers,
    take_cut,
)
from gongkai.reporting.actions.report import (
    UnableToPublish,
    UnableToSendBack,
    UnableToSign,
    UnableToStart,
    UnableToSubmit,
    UnableToWaive,
    publish,
    put_remark,
    save_prose,
    send_back,
    sign,
    start_report,
    submit,
    waive,
    withdraw_signature,
    withdraw_waiver,
)

__all__ = [
    "EditedMeanwhile",
    "UnableToAdjust",
    "UnableToEdit",
    "UnableToFill",
    "UnableToPublish",
    "UnableToSendBack",
    "UnableToSign",
    "UnableToStart",
    "UnableToSubmit",
    "UnableToTakeCut",
    "UnableToWaive",
    "adjust",
    "fill_from_registers",
    "keep_reading",
    "publish",
    "put_remark",
    "save_figures",
    "save_prose",
    "send_back",
    "sign",
    "start_report",
    "submit",
    "take_cut",
    "take_over",
    "waive",
    "withdraw_signature",
    "withdraw_waiver",
]
