"""Roles within a place, and what each may do there. Granted with dates in `PlaceRole`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KADER = "pkk_cadre"
VILLAGE_OFFICER = "village_officer"
DISTRICT_OFFICER = "district_officer"
REGENCY_OFFICER = "regency_officer"
PROVINCE_OFFICER = "province_officer"
PKK_CHAIR = "pkk_chair"
POKJA_II = "pokja_ii"

ROLE_NAMES: dict[str, Promise] = {
    KADER: _("Kader PKK"),
    VILLAGE_OFFICER: _("Petugas desa"),
    DISTRICT_OFFICER: _("Petugas kecamatan"),
    REGENCY_OFFICER: _("Petugas kabupaten"),
    PROVINCE_OFFICER: _("Petugas provinsi"),
    PKK_CHAIR: _("Ketua TP-PKK"),
    POKJA_II: _("Pokja II"),
}

SEE_REGISTER = "see_register"
"""Read whole records, personal data included."""
EDIT_REGISTER = "edit_register"
VERIFY_BUSINESSES = "verify_businesses"
IMPORT_REGISTER = "import_register"
ASSIST_SELLERS = "assist_sellers"
"""Do a seller's steps for her, hand out activation links."""
GRANT_ROLES = "grant_roles"
SUSPEND_SHOPS = "suspend_shops"

RIGHTS: dict[str, frozenset[str]] = {
    KADER: frozenset({SEE_REGISTER, EDIT_REGISTER, VERIFY_BUSINESSES, ASSIST_SELLERS}),
    VILLAGE_OFFICER: frozenset(
        {SEE_REGISTER, EDIT_REGISTER, VERIFY_BUSINESSES, ASSIST_SELLERS, IMPORT_REGISTER}
    ),
    DISTRICT_OFFICER: frozenset(
        {
            SEE_REGISTER,
            EDIT_REGISTER,
            VERIFY_BUSINESSES,
            ASSIST_SELLERS,
            IMPORT_REGISTER,
            GRANT_ROLES,
            SUSPEND_SHOPS,
        }
    ),
    REGENCY_OFFICER: frozenset({SEE_REGISTER, IMPORT_REGISTER, GRANT_ROLES}),
    PROVINCE_OFFICER: frozenset({SEE_REGISTER}),
    PKK_CHAIR: frozenset({SEE_REGISTER, VERIFY_BUSINESSES, ASSIST_SELLERS, GRANT_ROLES}),
    POKJA_II: frozenset({SEE_REGISTER, VERIFY_BUSINESSES, ASSIST_SELLERS}),
}
