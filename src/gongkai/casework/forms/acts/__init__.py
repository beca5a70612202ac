"""One form for each act of a case."""

from collections.abc import Mapping

from gongkai.casework.forms.acts import charging, consulting, partition, procedure
from gongkai.casework.forms.acts.base import ActForm, Done

ACT_FORMS: Mapping[str, type[ActForm]] = {
    "supplement": procedure.SupplementForm,
    "supplemented": procedure.SupplementedForm,
    "supplement_lapsed": ActForm,
    "fee_lapsed": ActForm,
    "search": procedure.SearchForm,
    "extension": procedure.ExtensionForm,
    "rectify": procedure.RectifyForm,
    "withdraw": procedure.WithdrawForm,
    "confirm_withdrawal": procedure.ConfirmWithdrawalForm,
    "help": procedure.HelpForm,
    "archive": procedure.ArchiveForm,
    "third_party": consulting.ThirdPartyForm,
    "co_maker": consulting.CoMakerForm,
    "agency": consulting.AgencyForm,
    "delivery": consulting.DeliveryForm,
    "opinion": consulting.OpinionForm,
    "tell_applicant": consulting.TellApplicantForm,
    "tell_third_party": consulting.TellThirdPartyForm,
    "reasons": charging.ReasonsForm,
    "reasons_given": charging.ReasonsGivenForm,
    "delay": charging.DelayForm,
    "fee": charging.FeeForm,
    "payment": charging.PaymentForm,
    "split": partition.SplitForm,
    "join": partition.JoinForm,
    "transfer": partition.TransferForm,
}

__all__ = ["ACT_FORMS", "ActForm", "Done"]
