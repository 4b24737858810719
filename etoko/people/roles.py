"""Roles within a place, what each may do there, and who may give them. Granted with dates in `PlaceRole`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from etoko.places.models import DISTRICT, PROVINCE, REGENCY, VILLAGE

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

LEVELS: dict[str, frozenset[int]] = {
    KADER: frozenset({VILLAGE}),
    VILLAGE_OFFICER: frozenset({VILLAGE}),
    DISTRICT_OFFICER: frozenset({DISTRICT}),
    REGENCY_OFFICER: frozenset({REGENCY}),
    PROVINCE_OFFICER: frozenset({PROVINCE}),
    PKK_CHAIR: frozenset({VILLAGE, DISTRICT, REGENCY, PROVINCE}),
    POKJA_II: frozenset({VILLAGE, DISTRICT, REGENCY, PROVINCE}),
}
"""On which level of area a role is held: there is no kader of a province."""

MAY_GRANT: dict[str, frozenset[str]] = {
    KADER: frozenset(),
    VILLAGE_OFFICER: frozenset(),
    DISTRICT_OFFICER: frozenset({PKK_CHAIR, POKJA_II, KADER}),
    REGENCY_OFFICER: frozenset({DISTRICT_OFFICER, VILLAGE_OFFICER, PKK_CHAIR, POKJA_II, KADER}),
    PROVINCE_OFFICER: frozenset(
        {REGENCY_OFFICER, DISTRICT_OFFICER, VILLAGE_OFFICER, PKK_CHAIR, POKJA_II, KADER}
    ),
    PKK_CHAIR: frozenset({POKJA_II, KADER}),
    POKJA_II: frozenset(),
}
"""Who gives what, always within the own area and never to oneself. Officers are made by those of the
regency and the province; a superuser gives every role."""

SEE_REGISTER = "see_register"
"""Read whole records, personal data included."""
SEE_OWNER_DETAILS = "see_owner_details"
"""Read and write what is known of an owner beyond her name: birth, schooling, disability, home."""
EDIT_REGISTER = "edit_register"
VERIFY_BUSINESSES = "verify_businesses"
IMPORT_REGISTER = "import_register"
ASSIST_SELLERS = "assist_sellers"
"""Do a seller's steps for her, hand out activation links."""
SPEAK_FOR_OWNERS = "speak_for_owners"
"""Say in an owner's name what only she can say: that what she needed is met. Her kader's, not the office's
that answers for it."""
GRANT_ROLES = "grant_roles"
SUSPEND_SHOPS = "suspend_shops"
MANAGE_VOUCHERS = "manage_vouchers"
"""Give out vouchers of the platform that somebody else than the sellers pays for."""
MODERATE_REVIEWS = "moderate_reviews"
"""Look at reported reviews and hide those that break the rules."""
SEE_TRACES = "see_traces"
"""Read who did what within the area."""
WATCH_SERVER = "watch_server"
"""See whether the installation of the area is well, and have failed work tried again."""
SEE_GROUPS = "see_groups"
"""See groups, cooperatives, their coaching and the PKK's forms; not who saved or borrowed what."""
ASSIST_GROUPS = "assist_groups"
"""Look after groups: register them, coach them, keep their books and minutes for them, fill in the forms."""
JUDGE_GROUPS = "judge_groups"
"""Put a group on a level."""

TEND_DISCUSSION = "tend_discussion"
"""See that questions are answered, look at what was reported, hide what breaks the rules."""
HANDLE_BREACHES = "handle_breaches"
"""Record that personal data got into wrong hands, and see that everybody is told in time."""

KEEP_PARTNERS = "keep_partners"
"""Register partners of the five helices, say which helix they are of, give their first mandates, and see the
interests that people declared towards them."""

TRACES_READ_WITH: dict[str, str] = {
    **dict.fromkeys(
        ("places", "people", "registry", "census", "needs", "partners", "promises"), SEE_REGISTER
    ),
    "groups": ASSIST_GROUPS,
    "privacy": HANDLE_BREACHES,
    "discussion": TEND_DISCUSSION,
}
"""Who did what to which thing stands for everybody who sees traces. What it said before and says now, and
why, is read with the right to the thing itself: by its room; of what is bought and sold, ASSIST_SELLERS."""

RIGHTS: dict[str, frozenset[str]] = {
    KADER: frozenset(
        {
            SEE_REGISTER,
            SEE_OWNER_DETAILS,
            EDIT_REGISTER,
            VERIFY_BUSINESSES,
            ASSIST_SELLERS,
            SPEAK_FOR_OWNERS,
            SEE_GROUPS,
            ASSIST_GROUPS,
            TEND_DISCUSSION,
        }
    ),
    VILLAGE_OFFICER: frozenset(
        {
            SEE_REGISTER,
            SEE_OWNER_DETAILS,
            EDIT_REGISTER,
            VERIFY_BUSINESSES,
            ASSIST_SELLERS,
            IMPORT_REGISTER,
            SEE_TRACES,
            SEE_GROUPS,
        }
    ),
    DISTRICT_OFFICER: frozenset(
        {
            SEE_REGISTER,
            SEE_OWNER_DETAILS,
            EDIT_REGISTER,
            VERIFY_BUSINESSES,
            ASSIST_SELLERS,
            IMPORT_REGISTER,
            GRANT_ROLES,
            SUSPEND_SHOPS,
            MANAGE_VOUCHERS,
            MODERATE_REVIEWS,
            SEE_TRACES,
            WATCH_SERVER,
            SEE_GROUPS,
            ASSIST_GROUPS,
            JUDGE_GROUPS,
            HANDLE_BREACHES,
            KEEP_PARTNERS,
            TEND_DISCUSSION,
        }
    ),
    REGENCY_OFFICER: frozenset(
        {SEE_REGISTER, IMPORT_REGISTER, GRANT_ROLES, SEE_TRACES, SEE_GROUPS, KEEP_PARTNERS}
    ),
    PROVINCE_OFFICER: frozenset({SEE_REGISTER, GRANT_ROLES, SEE_TRACES, SEE_GROUPS, KEEP_PARTNERS}),
    PKK_CHAIR: frozenset(
        {
            SEE_REGISTER,
            VERIFY_BUSINESSES,
            ASSIST_SELLERS,
            GRANT_ROLES,
            SEE_GROUPS,
            ASSIST_GROUPS,
            JUDGE_GROUPS,
            KEEP_PARTNERS,
            TEND_DISCUSSION,
        }
    ),
    POKJA_II: frozenset(
        {
            SEE_REGISTER,
            VERIFY_BUSINESSES,
            ASSIST_SELLERS,
            SEE_GROUPS,
            ASSIST_GROUPS,
            JUDGE_GROUPS,
            TEND_DISCUSSION,
        }
    ),
}
