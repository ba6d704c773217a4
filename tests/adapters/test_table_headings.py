"""Headings are known as offices and programs all over the world write them, and none is guessed that may be two."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from adapters.table import Table, read_table
from adapters.table.headings.columns import choose_columns
from adapters.table.headings.words import HEADINGS
from tests.adapters.test_table import written

_NAMES = (
    "Bedrift|Kontrahent|Ünvan|Firma Adı|公司|公司名称|供应商|거래처|거래처명|الاسم|שם|ชื่อ|Toimittaja|Payee|"
    "Kreditor Name|Nazwa kontrahenta|Název společnosti|Názov firmy|Cég neve|Denumire|Επωνυμία|Контрагент|"
    "Найменування|اسم الشركة|שם חברה|ชื่อบริษัท|会社名|取引先|회사명|Party Name|CardName|NAME_ORG1|COMPANYNAME"
)
_DETAILS = {
    "street": "ADDR1|Straße/Hausnr.|Ulica|Adresa|Gatuadress|Osoite|Logradouro|Mailing Address|AddressLine1|Adres|"
    "Utca|Διεύθυνση|Юридический адрес|العنوان|כתובת|ที่อยู่|公司地址|도로명주소|billing_address_1|"
    "Address 1: Street 1|POAddressLine1|LSTREE|LSTREET1",
    "street2": "ADDR2|Addr 2|AddressLine2|Adresszusatz|Complément d'adresse|Address 1: Street 2",
    "city": "Gemeente|Poststed|Postort|Şehir|Miejscowość|Suburb|City/Town|Localidade|Kaupunki|Město|Város|Oraș|"
    "Πόλη|Місто|المدينة|עיר|เมือง|도시|Address 1: City|Bill To City|LCITY|"
    "MCITY|addr_city|City, State",
    "postal_code": "Индекс|Posta Kodu|CEP|Postinumero|PSČ|Irányítószám|Cod poștal|Τ.Κ.|الرمز البريدي|מיקוד|"
    "รหัสไปรษณีย์|邮政编码|郵遞區號|우편번호|PIN Code|Postcode/ZIP|POST_CODE1|Default Address Zip|LZIP|ZIP_CD|"
    "addr_zip",
    "region": "Bundesland|Län|Fylke|Województwo|Megye|Область|省|UF|Province/State|LSTATE|STATE_ABBR_NM|State Code",
    "country": "Maa|Země|Ország|Țara|Ülke|Χώρα|Страна|الدولة|ประเทศ|国|국가|Country (required)|Länder-/Regionscode",
    "phone": "Tlf|Telefon 1|Phone 1|Tel.1|Mobil|전화|Puhelin|Nr telefonu|Telefonszám|Τηλέφωνο|الهاتف|טלפון|"
    "เบอร์โทร|电话|Phone Number*|Telefon/Mobil|Company Phone|Téléphone fournisseur|TEL_NUMBER",
    "website": "Nettside|Сайт|Kotisivu|Strona WWW|Weboldal|Ιστοσελίδα|网址|ホームページ|홈페이지|Company Website",
    "email": "Epost|E-posta|Sähköposti|Adres e-mail|Эл. почта|البريد الإلكتروني|邮箱|メールアドレス|이메일|"
    "Supplier E-Mail|SMTP_ADDR",
    "vat": "GSTIN|IČ DPH|DIČ|VAT Reg. No.|UID-Nummer|MVA-nr|ALV-numero|P.IVA|Company VAT Number",
    "tax_id": "Orgnr|Org.nr|Org number|CVR|Y-tunnus|KvK|IČO|CNPJ|RFC|CUIT|RUT|ABN|NIF/CIF|ΑΦΜ|ЄДРПОУ|"
    "统一社会信用代码|사업자등록번호|Vergi No|Tax ID/EIN|Tax Number 1",
    "account_number": "Kundenr.|Leverantörsnr|Toimittajanumero|Kreditorennr.|N° fournisseur|Müşteri No|"
    "Nr kontrahenta|A/C Ref",
    "contact": "Yhteyshenkilö|Osoba kontaktowa|Контактное лицо|联系人|איש קשר|Supplier Contact|Contact 1",
    "duns": "D-U-N-S Number|DUNS-Nummer",
    "gln": "GLN Number|ILN",
    "lei": "LEI Code",
}


@pytest.mark.parametrize("heading", _NAMES.split("|"))
def test_a_name_is_known_in_any_language(heading: str) -> None:
    """A list is read without a setting, whoever wrote it."""
    assert choose_columns(["umsatz", heading], {}, "list.csv") == {"name": 1}


@pytest.mark.parametrize(
    ("field", "heading"), [(f, one) for f, several in _DETAILS.items() for one in several.split("|")]
)
def test_what_tells_partners_apart_is_known_in_any_language(field: str, heading: str) -> None:
    """A town or a number that is dropped without a word is a partner that is not found."""
    assert choose_columns(["name", heading], {}, "list.csv") == {"name": 0, field: 1}


@pytest.mark.parametrize(
    "heading",
    [
        "Fax", "IBAN", "Bank Country", "Email/Website", "Supplier Site", "VAT Rate", "Shipping City", "Phone 2",
        "ADDR3", "Stato", "Estado", "Brand/Company", "Partner Type 1", "Contact ID", "Tax Office", "HRB", "Yr",
        "Strana", "By", "Il", "Konto", "PAN", "St", "Remit Name", "School", "Location", "Airline", "SCH_NAME",
    ],
)  # fmt: skip
def test_a_heading_that_may_be_two_things_is_not_guessed(heading: str) -> None:
    """What is misread is worse than what is not read: two registers' numbers make two businesses of one."""
    assert choose_columns(["name", heading], {}, "list.csv") == {"name": 0}


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        ("Navn;Postnr;By", "name postal_code city"),
        ("Ünvan;İl;Cep", "name city phone"),
        ("Nome;Cidade;CEP", "name city postal_code"),
        ("Konto;Name (Adressattyp Unternehmen)", "account_number name"),
        ("*ContactName;POAddressLine1;POCity", "name street city"),
        ("GSTIN;Party Name;PAN", "vat name tax_id"),
        ("Brand;Shop;City", "name ? city"),
        ("Shop;City", "name city"),
        ("Phone 1;Phone;Supplier/Vendor", "? phone name"),
        ("Nombre;Móvil;Teléfono 1", "name ? phone"),
        ("Ditta;PEC;E-mail", "name ? email"),
        ("Ditta;PEC", "name email"),
        ("School;Town;St;Zip", "name city region postal_code"),
        ("sponsor_name;acronym;sponsor_type", "name aliases ?"),
        ("Name;Sponsor", "name ?"),
        ("Dealer #;Dealership;Phone #", "? name phone"),
        ("*ContactName;LegalName;POCity", "name aliases city"),
        ("LEGAL BUSINESS NAME;DBA NAME", "name aliases"),
        ("Nombre;Nombre comercial", "name aliases"),
        ("Contact Name;Display Name;Billing City;Billing Code", "contact name city postal_code"),
    ],
)
def test_other_headings_say_what_a_word_of_two_meanings_means(headings: str, fields: str) -> None:
    """A "By" is a town among Danish headings, and somebody's name among English ones."""
    several = headings.split(";")
    known = {place: field for field, place in choose_columns(several, {}, "list.csv").items()}
    assert [known.get(place, "?") for place in range(len(several))] == fields.split()


def test_a_column_that_was_given_is_never_guessed_otherwise() -> None:
    """Beside Xero's headings, too, a contact is a contact if somebody says so."""
    given = {"name": "Title", "contact": "ContactName"}
    found = choose_columns(["ContactName", "Title", "POCity"], given, "list.csv")
    assert found == {"name": 1, "contact": 0, "city": 2}


def test_no_heading_means_two_fields() -> None:
    """But for what a business is called: a legal name is another name where there is a trading name."""
    pairs = combinations(HEADINGS, 2)
    assert {(one, two) for one, two in pairs if not set(HEADINGS[one]).isdisjoint(HEADINGS[two])} == {
        ("name", "aliases")
    }


@pytest.mark.parametrize(
    ("heading", "cell", "code", "city"),
    [
        ("PLZ/Ort", "10115 Berlin", "10115", "Berlin"),
        ("PLZ Ort", "D-80331 München", "80331", "München"),
        ("Postnr./By", "8000 Aarhus C", "8000", "Aarhus C"),
        ("Postnummer och ort", "111 22 Stockholm", "111 22", "Stockholm"),
        ("Code postal / Ville", "75008 Paris Cedex 08", "75008", "Paris Cedex 08"),
        ("Postcode/Plaats", "3011 AB Rotterdam", "3011 AB", "Rotterdam"),
        ("Postcode/Plaats", "1310 La Hulpe", "1310", "La Hulpe"),
        ("Town/Postcode", "York YO1 7AB", "YO1 7AB", "York"),
    ],
)
def test_a_postal_code_is_parted_from_its_town(tmp_path: Path, heading: str, cell: str, code: str, city: str) -> None:
    """Both are compared with columns of their own in another list."""
    table = Table(path=written(tmp_path / "list.csv", f"name;{heading}\nAcme;{cell}\n"))
    (one,) = table.listing()
    assert one.address is not None
    assert (one.address.postal_code, one.address.city) == (code, city)
    assert f"postal_code = '{heading}', city = '{heading}'" in table.described()


def test_only_what_is_sure_is_parted(tmp_path: Path) -> None:
    """A town alone is a town, a cell of another kind neither, and a column of others is not used."""
    listing = read_table(
        written(tmp_path / "list.csv", "name;PLZ/Ort\nA;10115 Berlin\nB;Köln\nC;1 x 2\nD;01067 Dresden\nE;1010 Wien\n")
    )
    found = [one.address and (one.address.postal_code, one.address.city) for one in listing]
    assert found == [("10115", "Berlin"), (None, "Köln"), None, ("01067", "Dresden"), ("1010", "Wien")]
    other = Table(path=written(tmp_path / "list.csv", "name;PLZ/Ort\nA;yes\nB;no\n"))
    assert "not used: 'PLZ/Ort'" in other.described()


def test_a_house_number_belongs_to_its_street(tmp_path: Path) -> None:
    """As programs keep it apart, before the street or behind it; one that the street holds already is not doubled."""
    text = "Firma;Straße;Hausnummer\nAcme;Hauptstr.;5\nZebra;Ring 7;7\nYak;;3\n"
    listing = read_table(written(tmp_path / "list.csv", text))
    assert [one.address and one.address.line1 for one in listing] == ["Hauptstr. 5", "Ring 7", None]
    (one,) = read_table(written(tmp_path / "list.csv", "name;House No;Street\nAcme;5;Mill Rd\n"))
    assert one.address is not None
    assert one.address.line1 == "5 Mill Rd"


def test_numbers_that_nobody_has_are_nothing(tmp_path: Path) -> None:
    """Two partners whose clerk typed zeros are not one business; a number of one's own may be 1111."""
    rows = ["000000000,DE999999999,0", "XXXXX,11-1111111,000-000", "GB123456789,FR11,1111"]
    listing = read_table(
        written(tmp_path / "list.csv", "\n".join(["name,vat,tax id,account number", *(f"A,{row}" for row in rows), ""]))
    )
    assert [[(one.scheme, one.value) for one in row.identifiers or ()] for row in listing] == [
        [],
        [],
        [("account_number", "1111"), ("vat", "GB123456789"), ("tax_id", "FR11")],
    ]


def test_a_column_that_seems_to_be_of_use_is_told(tmp_path: Path) -> None:
    """Whoever reads the first line on the terminal sees what is lost, and what to say; not where the field is known."""
    table = Table(path=written(tmp_path / "list.csv", "name;Org no (SE);ADDR3;Umsatz;phone;Phone 2\nAcme;1;;;;\n"))
    said = table.described()
    assert "not used: 'Org no (SE)', 'ADDR3', 'Umsatz', 'Phone 2'" in said
    assert "'Org no (SE)' may be tax_id, 'ADDR3' may be street: if so, say --column FIELD=HEADING" in said
    assert "may be" not in Table(path=table.path, columns={"tax_id": "Org no (SE)", "street": "ADDR3"}).described()
