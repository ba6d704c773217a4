"""A legal form is known in the script and at the length in which its country writes it."""

# ruff: noqa: RUF001 - names as they are written there

from __future__ import annotations

import numpy as np
import pytest

from aggregator.reconcile.matching import Profile, match
from aggregator.reconcile.matching.reading.names import read_names


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Общество с ограниченной ответственностью «Алма»", "ООО «Алма»"),
        ("Товариство з обмеженою відповідальністю Алма", "ТОВ Алма"),
        ("Товарищество с ограниченной ответственностью Алма", "ТОО Алма"),
        ("Алма Дружество с ограничена отговорност", "Алма ООД"),
        ("Alma društvo s ograničenom odgovornošću", "Alma d.o.o."),
        ("Alma spoločnosť s ručením obmedzeným", "Alma s.r.o."),
        ("Alma Societate cu Răspundere Limitată", "Alma LLC"),
        ("Alma Zártkörűen Működő Részvénytársaság", "Alma Zrt."),
        ("Alma Unternehmergesellschaft (haftungsbeschränkt)", "Alma UG (haftungsbeschränkt)"),
        ("Alma Società a Responsabilità Limitata Semplificata", "Alma S.r.l.s."),
        ("Alma Società a Responsabilità Limitata", "Alma S.r.l."),
        ("Alma S.à r.l.", "Alma SARL"),
        ("Công ty TNHH Alma", "Alma LLC"),
        ("บริษัท Alma จำกัด", "Alma Co., Ltd."),
        ("شركة Alma ذ.م.م", "Alma Company LLC"),
        ("유한책임회사 Alma", "Alma LLC"),
    ],
)
def test_a_form_written_out_is_the_form_that_is_shortened(long: str, short: str) -> None:
    """Both names are read as one word with one legal form."""
    names = read_names([long, short], np.arange(2, dtype=np.int32))
    assert names.squashed.tolist() == ["alma", "alma"]
    assert names.forms[0] == names.forms[1] != 0


def test_a_form_written_out_does_not_make_short_names_alike() -> None:
    """Of two names that differ in half of their letters a person decides, however long the form that they share."""
    form = "Общество с ограниченной ответственностью"
    one, other = (
        Profile(key="1", source="a", name=f"{form} «Бай»"),
        Profile(key="2", source="b", name=f"{form} «Байкал»"),
    )
    assert match([one, other]).explain("1", "2")[0] < 0.85
