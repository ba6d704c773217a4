"""Names in scripts without blanks: the legal form is found in them, before the name or behind it."""

from __future__ import annotations

import pytest

from aggregator.reconcile.matching import Decision, Profile, match

OTHERS = (
    "東京商事株式会社",
    "大阪電機株式会社",
    "上海贸易有限公司",
    "大成建設",
    "현대건설 주식회사",
    "広島食品有限会社",
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("株式会社トヨタ", "トヨタ株式会社"),
        ("㈱トヨタ", "トヨタ"),
        ("トヨタ（株）", "Toyota K.K."),  # noqa: RUF001 - as it is written there
        ("삼성전자 주식회사", "(주)삼성전자"),
        ("华为技术有限公司", "华为技术"),
        ("华为技术有限公司", "华为技术有限责任公司"),
    ],
)
def test_a_legal_form_is_parted_from_the_name(left: str, right: str) -> None:
    """One business, wherever its legal form stands, is joined without a person."""
    theirs = [Profile(key=f"o{number}", source="b", name=name) for number, name in enumerate(OTHERS)]
    pairs = {
        (pair.left, pair.right): pair.decision
        for pair in match(
            [Profile(key="1", source="a", name=left), Profile(key="2", source="b", name=right), *theirs]
        ).pairs()
    }
    assert pairs["1", "2"] is Decision.MATCH


@pytest.mark.parametrize(
    ("left", "right"), [("株式会社トヨタ", "株式会社ホンダ"), ("华为技术有限公司", "中兴通讯有限公司")]
)
def test_an_equal_legal_form_makes_no_business(left: str, right: str) -> None:
    """Two names that share nothing but the form are two businesses."""
    mine = [Profile(key="1", source="a", name=left), Profile(key="2", source="b", name=right)]
    assert all(pair.decision is Decision.NO for pair in match(mine).pairs())
