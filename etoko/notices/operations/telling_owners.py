from django.utils.translation import gettext as _

from etoko.foundation.addresses import whole_address
from etoko.foundation.days import show_moment
from etoko.notices.operations.sending import send_notice
from etoko.people.facts import AccountHelped

SECURITY = "/saya/keamanan/"


def tell_account_helped(*, fact: AccountHelped) -> None:
    """Whoever can be let into an account by somebody else hears of it each time."""
    send_notice(
        key=f"account-helped:{fact.occasion}",
        recipient=fact.person,
        kind="account_helped",
        title=_("%(name)s membuatkan jalan masuk ke akun Anda") % {"name": fact.by.name},
        text=_(
            "Pada %(at)s %(name)s membuat tautan atau kode masuk untuk akun e-Toko PKK Anda. Kalau Anda yang "
            "meminta, tidak perlu apa-apa. Kalau tidak, ganti kata sandi Anda dan beri tahu petugas "
            "kecamatan: %(address)s"
        )
        % {"at": show_moment(fact.at), "name": fact.by.name, "address": whole_address(SECURITY)},
        path=SECURITY,
        at=fact.at,
    )
