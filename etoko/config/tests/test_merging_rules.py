"""Whatever hangs on a business has a rule for the day when two records are found to be one."""

from etoko.registry.merging import has_rule, relations


def test_it_sees_keys_that_have_no_name_on_the_side_of_the_business() -> None:
    named = {"registry.Licence.business", "consignment.Place.business", "catalog.Shop.business"}
    assert named <= set(relations())


def test_every_foreign_key_to_a_business_has_a_rule() -> None:
    missing = [key for key in relations() if not has_rule(key)]
    assert missing == [], (
        "When two records of one business are merged, what becomes of these rows? Rooms above the register"
        " write a rule into etoko/config/merging.py (most often `all_rows`, or `unlike(...)` beside a unique"
        " constraint)."
    )
