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


@pytest.mark.parametrize(
    ("form", "behind"),
    [
        ("S.p.A.", "a socio unico"),
        ("S.R.L.", "unipersonale"),
        ("SRL", "in liquidazione"),
        ("GmbH", "i.L."),
        ("GmbH", "i. Ins."),
        ("SARL", "en liquidation"),
        ("Sp. z o.o.", "w upadłości"),
        ("B.V.", "i.o."),
    ],
)
def test_a_state_behind_a_form_says_nothing(form: str, behind: str) -> None:
    """Who its members are and that it is being wound up is no name of a business and no form."""
    names = read_names([f"Alma {form} {behind}", f"Alma {form}"], np.arange(2, dtype=np.int32))
    assert names.squashed.tolist() == ["alma", "alma"]
    assert names.forms[0] == names.forms[1] != 0


@pytest.mark.parametrize(
    "tail",
    [
        "S.C.E.A.", "Soc. Agr. Semplice", "Soc. Coop. a r.l.", "C.B.", "spol. s r.o.", "S.C.", "San. ve Tic. Ltd. Şti.",
        "İth. İhr. A.Ş.", "CIC", "CLG", "SENC", "Coöperatie U.A.", "S.K.A.", "e.Kfm.", "OPC Pvt Ltd",
    ],
)  # fmt: skip
def test_a_form_at_the_end_is_no_word_of_the_name(tail: str) -> None:
    names = read_names([f"Alma {tail}", "Alma"], np.arange(2, dtype=np.int32))
    assert names.squashed.tolist() == ["alma", "alma"]
    assert names.forms[0] != 0


@pytest.mark.parametrize("name", ["SC Johnson", "CIC Bank", "CB Torvane", "Ike Torvane"])
def test_letters_that_end_names_as_forms_begin_others(name: str) -> None:
    plain = read_names([name, name.split()[1]], np.arange(2, dtype=np.int32))
    assert plain.squashed[0] != plain.squashed[1]


def test_a_form_written_out_does_not_make_short_names_alike() -> None:
    """Of two names that differ in half of their letters a person decides, however long the form that they share."""
    form = "Общество с ограниченной ответственностью"
    one, other = (
        Profile(key="1", source="a", name=f"{form} «Бай»"),
        Profile(key="2", source="b", name=f"{form} «Байкал»"),
    )
    assert match([one, other]).explain("1", "2")[0] < 0.85
