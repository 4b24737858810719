from etoko.vouchers.models import Redemption


def forget_phone(*, phone: str, instead: str) -> None:
    """What was used stays used; the number that used it goes."""
    Redemption.objects.filter(phone=phone).update(phone=instead)
