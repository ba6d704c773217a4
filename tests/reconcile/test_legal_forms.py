"""Two spellings of one legal form are one name; two legal forms are not."""

from __future__ import annotations

from itertools import combinations

import pytest

from aggregator.reconcile import Decisions, Ruling, Verdict, reconcile
from aggregator.reconcile.checks.names import name_in_letters, names_agree, plain_name
from tests.reconcile.making import connection, listing, snapshot

# Spellings of one form, parted by a bar.
SPELLINGS = """
S.à r.l.|SARL|Sàrl|S.A.R.L.|S. à r. l.|S.a.r.l.|S à r l|Société à responsabilité limitée
S.r.l.|SRL|S.R.L.|Srl.|S. r. l.|Società a responsabilità limitata
GmbH & Co. KG|GmbH & Co KG|GmbH&Co.KG|GmbH und Co. KG|GmbH + Co. KG|GmbH & Co. Kommanditgesellschaft|GmbH u. Co. KG
GmbH & Co. KG|G.m.b.H. & Co. K.G.|GmbH and Co KG|Ges.m.b.H. & Co. KG|GmbH & Cie. KG|GmbH & Co.KG
GmbH|G.m.b.H.|G. m. b. H.|Gesellschaft mit beschränkter Haftung|Ges.m.b.H.|GesmbH|mbH
UG (haftungsbeschränkt)|UG|UG haftungsbeschränkt|Unternehmergesellschaft (haftungsbeschränkt)
AG|A.G.|Aktiengesellschaft
KG|K.G.|Kommanditgesellschaft
e.K.|eK|e. K.|eingetragener Kaufmann
e.Kfm.|e. Kfm.|eKfm|eingetragener Kaufmann|e.K.
e.Kfr.|e. Kfr.|eKfr|eingetragene Kauffrau|e.K.
HB|H.B.|Handelsbolag
DAC|D.A.C.|Designated Activity Company
P/L|Pty Ltd|P/L.|p/l|Pty|(Pty) Ltd
e.V.|eV|e. V.|eingetragener Verein
Pty Limited|Pty Ltd|Pty. Ltd.|PTY LTD|Proprietary Limited|(Pty) Ltd|Pty. Limited
Pte Ltd|Pte. Ltd.|Pte. Limited|(Pte) Ltd
Pvt Ltd|Pvt. Ltd.|Private Limited|Pvt. Limited|Private Ltd|(P) Ltd
Ltd|Ltd.|Limited|LTD|Ltda|Ltda.|Limitada|Lda.|L.da
Co., Ltd.|Co Ltd|Company Limited|Co.,Ltd|Co., Limited|CO.,LTD.
Inc|Inc.|Incorporated|INC
Corp|Corp.|Corporation
LLC|L.L.C.|Limited Liability Company|L L C|L.L.C
LLP|L.L.P.|Limited Liability Partnership
LP|L.P.|Limited Partnership
PLLC|P.L.L.C.|PC|P.C.|Professional Corporation
PLC|plc|P.L.C.|Public Limited Company
ULC|U.L.C.|Unlimited Liability Company
S.p.A.|SpA|SPA|S. p. A.|Società per Azioni
S.A.|SA|S/A|S. A.|Société Anonyme|Sociedad Anónima
S.A.S.|SAS|S. A. S.|Société par actions simplifiée|SASU
S.L.|SL|S. L.|Sociedad Limitada|S.L.U.
S.N.C.|SNC|Società in nome collettivo|Société en nom collectif
S.A. de C.V.|SA de CV|S. A. de C. V.|Sociedad Anónima de Capital Variable
S. de R.L. de C.V.|S de RL de CV|S DE R.L. DE C.V.
S.A.C.|SAC|Sociedad Anónima Cerrada
EIRL|E.I.R.L.
B.V.|BV|B. V.|b.v.|Besloten Vennootschap
N.V.|NV|Naamloze Vennootschap
VOF|V.O.F.|Vennootschap onder firma
A/S|AS|A.S.|a/s|Aktieselskab
ApS|APS|Aps.|Anpartsselskab
AB|A.B.|Aktiebolag|Aktiebolaget
Oy|OY|O.Y.|Osakeyhtiö
Sp. z o.o.|Sp. z o. o.|SP ZOO|Spółka z o.o.|Sp.z.o.o.|Sp z o o|Sp. z oo|Spółka z ograniczoną odpowiedzialnością
Sp. k.|sp.k.|Spółka komandytowa
s.r.o.|sro|s. r. o.|spol. s r.o.|spol. s r. o.|společnost s ručením omezeným
a.s.|as|a. s.|akciová společnost
d.o.o.|DOO|d. o. o.|Društvo s ograničenom odgovornošću
Kft.|KFT|Korlátolt Felelősségű Társaság
OOO|ООО|О.О.О.|Общество с ограниченной ответственностью
Ltd. Şti.|Ltd Sti|LTD. ŞTİ.|Limited Şirketi
A.Ş.|AŞ|Anonim Şirketi
Sdn Bhd|Sdn. Bhd.|SDN BHD|Sendirian Berhad
PT|P.T.|Perseroan Terbatas
株式会社|(株)|Kabushiki Kaisha|K.K.|KK
JSC|J.S.C.|Joint Stock Company
FZ-LLC|FZ LLC|FZLLC
International|Int'l|Intl.|Int’l
""".strip().splitlines()  # noqa: RUF001 - letters of two alphabets that look alike are the point

APART = """
GmbH|AG|KG|UG
Ltd|Inc|LLC|PLC|Corp
S.à r.l.|S.r.l.|S.A.|S.p.A.
B.V.|N.V.
s.r.o.|a.s.
""".strip().splitlines()


def _pairs(lines: list[str]) -> list[tuple[str, str]]:
    return [pair for line in lines for pair in combinations(line.split("|"), 2)]


@pytest.mark.parametrize(("one", "other"), _pairs(SPELLINGS))
def test_two_spellings_of_a_form_are_one(one: str, other: str) -> None:
    """Behind the name, whatever the dots, the blanks, the case and the alphabet."""
    assert names_agree(f"Zebra Lundqvist {one}", f"Zebra Lundqvist {other}")


@pytest.mark.parametrize(("one", "other"), _pairs(APART))
def test_two_forms_are_two(one: str, other: str) -> None:
    """A business of another form is another business."""
    assert not names_agree(f"Zebra Lundqvist {one}", f"Zebra Lundqvist {other}")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("UG", ["ug"]),
        ("H.B. Fuller", ["hb", "fuller"]),
        ("DAC Beachcroft", ["dac", "beachcroft"]),
        ("P/L Foods", ["pl", "foods"]),
        ("DAC", ["dac"]),
        ("A B C Foods", ["abc", "foods"]),
        ("J.P. Morgan", ["jp", "morgan"]),
        ("UG Lundqvist", ["ug", "lundqvist"]),
        ("Al Sa Foods", ["al"]),
    ],
)
def test_what_is_no_form_stays_a_word(name: str, words: list[str]) -> None:
    """Initials and short words are not put together to a form where none stands."""
    assert plain_name(name).split()[: len(words)] == words


def test_a_form_in_pieces_is_no_part_of_a_web_domain() -> None:
    """The letters of a name are those of its domain, without the form."""
    assert name_in_letters("Lundqvist S.à r.l.") == "lundqvist"


@pytest.mark.parametrize(
    ("mine", "theirs", "conflict"),
    [
        ("Lundqvist Trading S.à r.l.", "Lundqvist Trading SARL", False),
        ("Lundqvist Trading S.r.l.", "LUNDQVIST TRADING SRL", False),
        ("Lundqvist Trading GmbH & Co. KG", "Lundqvist Trading GmbH & Co KG", False),
        ("Lundqvist Trading Pty Limited", "Lundqvist Trading Pty Ltd", False),
        ("Lundqvist Trading spol. s r.o.", "Lundqvist Trading, s.r.o.", False),
        ("Lundqvist Trading S.à r.l.", "Lundqvist Trading S.A.", True),
    ],
)
def test_a_finding_is_raised_for_what_differs_in_substance(mine: str, theirs: str, *, conflict: bool) -> None:
    """From the two lists to `name-conflict`, or to none."""
    lists = snapshot(listing(connection(mine, "1")), listing(connection(theirs, "7", vendor="fabric"), vendor="fabric"))
    same = Decisions(rows=(Ruling(left="crux:acme:o1", right="fabric:acme:o7", verdict=Verdict.SAME),))
    result = reconcile(lists, decisions=same)
    assert any(finding.code == "name-conflict" for finding in result.findings) is conflict
