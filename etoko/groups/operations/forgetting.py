from etoko.groups.models import Member


def forget_member_phone(*, phone: str) -> None:
    """Her lines stay in the group's books, under the name by which the group knows her; the number goes."""
    Member.objects.filter(phone=phone).update(phone="")
