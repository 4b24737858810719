from etoko.partners.operations.declaring import UnableToDeclare, declare_interest, end_interest
from etoko.partners.operations.mandating import MandateFacts, UnableToMandate, end_mandate, give_mandate
from etoko.partners.operations.registering import (
    OrganisationFacts,
    UnableToRegister,
    change_organisation,
    register_organisation,
)

__all__ = [
    "MandateFacts",
    "OrganisationFacts",
    "UnableToDeclare",
    "UnableToMandate",
    "UnableToRegister",
    "change_organisation",
    "declare_interest",
    "end_interest",
    "end_mandate",
    "give_mandate",
    "register_organisation",
]
