"""The headings by which the columns of a table are known, as people and programs write them in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from adapters.table.headings.partners import RETAILERS
from aggregator.reconcile.profiles import folded

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain(heading: str) -> str:
    """A heading without case, accents and punctuation, "CompanyName" and "company_name" in two words."""
    return folded(_HUMP.sub(" ", heading))


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(plain, words)))


_WRITTEN: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "id", "partner id", "supplier id", "vendor id", "retailer id", "brand id", "merchant id", "customer id",
        "organization id", "organisation id", "company id", "account id", "internal id", "record id", "uuid", "guid",
        "uid", "key", "a id", "b id", "nr", "no", "identifier", "identifiant", "identificador", "identificativo",
        "kunden id", "lieferanten id", "partner nr", "partnernummer", "klant id", "编号",
        "sm vendor id", "erp vendor id", "jaggaer supplier id", "unique entity id", "shop id", "payee id",
        "copper id", "usdot number", "dot number", "license no", "licence no", "license number", "licence number",
    ),
    "name": (
        "company name", "organization name", "organisation name", "business name", "account name", "company",
        "organization", "organisation", "firma", "name", "partner name", "partner", "legal name", "name 1", "name1",
        "registered name", "legal entity name", "entity name", "trading partner", "trading partner name",
        "name adressattyp unternehmen", "supplier name", "vendor name", "retailer name", "customer name",
        "merchant name", "brand name", "firmenname", "firmenbezeichnung", "unternehmen", "unternehmensname",
        "geschaftspartner", "kundenname", "lieferantenname", "handlername", "firmierung", "raison sociale",
        "denomination sociale", "denomination", "intitule", "societe", "nom de l entreprise", "nom entreprise",
        "nom du client", "nom client", "nom du fournisseur", "nom fournisseur", "entreprise", "nom", "razon social",
        "nombre de la empresa", "nombre empresa", "nombre del cliente", "nombre del proveedor",
        "empresa", "nombre", "razao social", "nome da empresa", "nome", "ragione sociale", "denominazione", "azienda",
        "nome azienda", "societa", "bedrijfsnaam", "handelsnaam", "bedrijf", "klantnaam", "leveranciersnaam", "naam",
        "firmanavn", "virksomhed", "virksomhedsnavn", "foretag", "foretagsnamn", "namn", "navn", "yritys",
        "nazwa firmy", "nazwa", "nazev firmy", "nazev", "cegnev", "business", "supplier", "vendor", "retailer",
        "merchant", "customer", "client", "kunde", "lieferant", "handler", "fournisseur", "proveedor", "cliente",
        "fornitore", "fornecedor", "klant", "leverancier", "kund", "leverantor", "leverandor", "klient", "dostawca",
        "会社名", "企業名", "法人名", "商号", "取引先名", "取引先名称", "仕入先名", "仕入先名称", "得意先名",
        "顧客名", "公司名称", "企业名称", "单位名称", "供应商名称", "客户名称", "名称", "회사명", "상호명", "상호",
        "거래처명", "업체명", "고객명", "공급업체명", "naimenovanie kontragenta", "nazvanie kompanii", "kontragent",
        "nazvanie", "naimenovanie", "kompaniya", "eponymia", "title",
        # Programs: SAP, SAP Business One, Dynamics, QuickBooks, Shopify, WooCommerce, Tally.
        "name org1", "name org 1", "company name 1", "supplier name 1", "vendor name 1", "customer name 1", "firma 1",
        "firmenname 1", "nom 1", "nombre 1", "naam 1", "navn 1", "namn 1", "nazwa 1", "card name", "cardname",
        "bp name", "business partner name", "vend name", "cust name", "acct name", "billing company",
        "default address company", "display name", "vendor display name", "customer display name", "vendor full name",
        "customer full name", "ledger name", "name of ledger", "vendor organization name",
        "customer organization name", "supplier organization name",
        # English
        "name of company", "name of the company", "company legal name", "legal company name",
        "registered company name", "full legal name", "business legal name", "supplier legal name",
        "vendor legal name", "customer legal name", "supplier company name", "vendor company name",
        "customer company name", "supplier company", "vendor company", "customer company", "full company name",
        "company full name", "corporate name", "firm name", "name of firm", "name of the firm", "name of supplier",
        "name of the supplier", "name of vendor", "name of customer", "supplier s name", "vendor s name",
        "customer s name", "company s name", "party name", "name of party", "name of the party", "payee name",
        "payee", "creditor name", "debtor name", "counterparty name", "counterparty", "seller name", "buyer name",
        "client name", "enterprise name", "institution name", "agency name", "firm", "creditor", "debtor", "seller",
        "buyer",
        # German
        "name der firma", "name des unternehmens", "name des lieferanten", "name des kunden", "firmen name",
        "name firma", "name unternehmen", "lieferantname", "lieferanten name", "lieferant name", "kunden name",
        "kunde name", "lieferantenbezeichnung", "kundenbezeichnung", "kreditor name", "kreditorname",
        "kreditorenname", "kreditorenbezeichnung", "debitor name", "debitorname", "debitorenname",
        "debitorenbezeichnung", "geschäftspartnername", "geschäftspartner name", "partnername", "organisationsname",
        "betriebsname", "vertragspartner", "partnerfirma", "zahlungsempfänger", "auftraggeber", "auftragnehmer",
        "betrieb",
        # French
        "nom de la société", "nom société", "nom du tiers", "nom tiers", "nom du partenaire", "nom de l'organisation",
        "nom ou raison sociale", "nom / raison sociale", "raison sociale du client", "raison sociale client",
        "raison sociale fournisseur", "raison sociale du fournisseur", "nom de l'établissement", "partenaire",
        "bénéficiaire", "organisme",
        # Spanish
        "nombre o razón social", "nombre / razón social", "nombre fiscal", "nombre proveedor", "nombre cliente",
        "nombre de empresa", "nombre de la compañía", "nombre compañía", "nombre de la sociedad",
        "nombre del tercero", "nombre tercero", "denominación", "compañía", "sociedad", "tercero", "acreedor",
        "deudor", "contraparte", "beneficiario", "organización",
        # Portuguese
        "nome do cliente", "nome do fornecedor", "nome cliente", "nome fornecedor", "nome empresa",
        "nome empresarial", "nome do parceiro", "denominação", "denominação social", "designação social", "parceiro",
        "entidade", "companhia",
        # Italian
        "rag. soc.", "rag. sociale", "ragione sociale 1", "ragione sociale cliente", "ragione sociale fornitore",
        "denominazione sociale", "denominazione cliente", "denominazione fornitore", "nome fornitore", "nome ditta",
        "ditta", "impresa", "partner commerciale", "nominativo",
        # Dutch
        "naam bedrijf", "naam klant", "naam leverancier", "naam relatie", "naam organisatie", "naam onderneming",
        "relatienaam", "ondernemingsnaam", "organisatienaam", "statutaire naam", "firmanaam", "crediteurnaam",
        "debiteurnaam", "crediteur naam", "debiteur naam", "partnernaam", "onderneming", "organisatie", "relatie",
        "crediteur", "debiteur",
        # Danish and Norwegian
        "bedriftsnavn", "selskapsnavn", "selskabsnavn", "foretaksnavn", "kundenavn", "leverandørnavn",
        "leverandør navn", "firma navn", "kreditornavn", "debitornavn", "kreditor navn", "debitor navn",
        "organisasjonsnavn", "partnernavn", "bedrift", "selskap", "selskab", "foretak", "organisasjon",
        "samarbejdspartner", "samarbeidspartner",
        # Swedish
        "företagets namn", "kundnamn", "kundens namn", "leverantörsnamn", "leverantörens namn", "bolagsnamn",
        "firmanamn", "organisationsnamn", "motpartsnamn", "partnernamn", "bolag", "motpart",
        # Finnish
        "yrityksen nimi", "yritysnimi", "toimittajan nimi", "asiakkaan nimi", "kumppanin nimi", "toiminimi", "nimi",
        "toimittaja", "asiakas", "kumppani", "yhtiö", "organisaatio",
        # Polish
        "nazwa kontrahenta", "nazwa klienta", "nazwa dostawcy", "nazwa odbiorcy", "nazwa partnera", "nazwa podmiotu",
        "nazwa przedsiębiorstwa", "pełna nazwa", "nazwa pełna", "kontrahent", "odbiorca", "przedsiębiorstwo",
        "podmiot", "sprzedawca", "nabywca", "partner handlowy",
        # Czech and Slovak
        "název společnosti", "název dodavatele", "název odběratele", "název zákazníka", "název subjektu",
        "jméno firmy", "obchodní jméno", "společnost", "dodavatel", "odběratel", "zákazník", "obchodní partner",
        "název 1", "názov firmy", "názov spoločnosti", "názov dodávateľa", "názov odberateľa", "názov zákazníka",
        "názov", "obchodné meno", "spoločnosť", "obchodný partner",
        # Hungarian
        "cég neve", "partner neve", "partnernév", "ügyfél neve", "ügyfélnév", "vevő neve", "szállító neve",
        "beszállító neve", "vállalkozás neve", "szervezet neve", "név", "cég", "ügyfél", "vevő", "szállító",
        "beszállító", "vállalat", "megnevezés",
        # Romanian
        "denumire firmă", "denumire client", "denumire furnizor", "denumire partener", "denumirea", "denumire",
        "nume firmă", "numele firmei", "nume client", "nume furnizor", "nume companie", "nume partener", "furnizor",
        "companie", "societate", "partener", "nume",
        # Turkish
        "firma adı", "firma ünvanı", "firma ismi", "şirket adı", "şirket ünvanı", "ticari ünvan", "ticaret ünvanı",
        "cari ünvan", "cari ünvanı", "cari adı", "cari hesap adı", "cari hesap ünvanı", "müşteri adı",
        "müşteri ünvanı", "tedarikçi adı", "tedarikçi ünvanı", "satıcı adı", "işletme adı", "kuruluş adı",
        "kurum adı", "tam ünvan", "ünvan", "ünvanı", "şirket", "müşteri", "tedarikçi", "satıcı",
        # Greek
        "επωνυμία εταιρείας", "επωνυμία πελάτη", "επωνυμία προμηθευτή", "όνομα εταιρείας", "όνομα πελάτη",
        "όνομα προμηθευτή", "εταιρεία", "επιχείρηση", "πελάτης", "προμηθευτής", "όνομα",
        # Russian and Ukrainian
        "наименование организации", "название организации", "название фирмы", "наименование компании",
        "наименование поставщика", "название поставщика", "наименование покупателя", "наименование клиента",
        "название клиента", "имя клиента", "название контрагента", "имя контрагента", "полное наименование",
        "юридическое лицо", "юрлицо", "организация", "предприятие", "поставщик", "покупатель", "заказчик",
        "назва компанії", "назва організації", "назва контрагента", "назва підприємства", "назва постачальника",
        "найменування контрагента", "найменування", "повна назва", "назва", "підприємство", "постачальник",
        "покупець", "клієнт", "замовник",
        # Arabic
        "اسم الشركة", "اسم العميل", "اسم المورد", "اسم المؤسسة", "اسم المنشأة", "اسم الشريك", "اسم الجهة",
        "الاسم القانوني", "الاسم التجاري", "الاسم", "اسم", "الشركة", "المؤسسة", "العميل", "المورد",
        # Hebrew
        "שם חברה", "שם החברה", "שם עסק", "שם העסק", "שם ארגון", "שם ספק", "שם הספק", "שם לקוח", "שם הלקוח", "שם שותף",
        "חברה", "ספק", "לקוח",
        # Thai
        "ชื่อบริษัท", "ชื่อลูกค้า", "ชื่อผู้ขาย", "ชื่อผู้จำหน่าย", "ชื่อซัพพลายเออร์", "ชื่อคู่ค้า", "ชื่อกิจการ",
        "ชื่อนิติบุคคล", "ชื่อผู้ประกอบการ", "ชื่อ", "บริษัท", "ลูกค้า", "ผู้ขาย", "ผู้จำหน่าย", "คู่ค้า",
        # Chinese
        "公司名", "公司全称", "单位名", "供应商名", "供应商全称", "客户名", "客户全称", "客商名称", "往来单位名称",
        "往来单位", "厂商名称", "厂家名称", "商家名称", "商户名称", "合作伙伴名称", "机构名称", "组织名称", "全称",
        "公司", "企业", "供应商", "客户", "厂商", "厂家", "商家", "合作伙伴",
        # Japanese
        "社名", "貴社名", "業者名", "支払先名", "請求先名", "相手先名", "団体名", "組織名", "事業者名", "正式名称",
        "ベンダー名", "サプライヤー名", "会社", "取引先", "仕入先", "得意先", "顧客", "支払先", "相手先", "ベンダー",
        "サプライヤー",
        # Korean
        "고객사명", "공급사명", "협력사명", "협력업체명", "벤더명", "법인명", "기관명", "단체명", "기업명",
        "사업자명", "매입처명", "매출처명", "판매처명", "회사", "업체", "거래처", "공급업체", "공급사", "협력사",
        "협력업체", "고객사", "고객", "벤더", "매입처", "매출처", "판매처", "기업",
        "legal business name", "provider organization name legal business name", "entity legal name",
        "entity legalname", "primary name", "complete name", "alpha name", "display name as", "member company",
        "address company", "bill to name", "debtor company", "bpsnam", "abalph", "得意先名1", "仕入先名1",
        "tên nhà cung cấp", "tên khách hàng", "tên công ty", "nombre comercial",
    ),
    "aliases": (
        "aliases", "alias", "also known as", "aka", "trading as", "trading name", "trade name", "doing business as",
        "dba", "brand", "other names", "former name", "legal name", "registered name", "legal entity name",
        "nom commercial", "handelsname", "marke", "marque", "marca", "merk",
        "operating as", "operating name", "alternate name", "alternative name", "alternate names", "also trading as",
        "t/a", "d/b/a", "dba name", "doing business as (dba)", "other name", "alias name", "former names",
        "previous name", "previous names", "old name", "formerly", "brands", "brand names", "markenname",
        "früherer name", "enseigne", "ancien nom", "insegna", "nome fantasia", "nome comercial", "handelsnavn",
        "varemærke", "varemerke", "varumärke", "nazwa handlowa", "obchodní název", "obchodný názov",
        "διακριτικός τίτλος", "торговая марка", "бренд", "שם מסחרי", "品牌", "品牌名称", "ブランド", "ブランド名",
        "屋号", "브랜드", "브랜드명",
        "alt name", "name alt", "shop name", "alternate company name", "other trading names", "secondary name",
        "second name",
        "display name", "short name", "abbreviation", "acronym",
        "nombre comercial", "denominación comercial", "nom d'usage", "vendor name alt", "fantasia", "tradestyle",
        "bus name 2", "previous name 1 company name",
    ),
    "role": (
        "role", "partner type", "partner role", "type", "org type", "side",
        "role type", "partnerrolle", "partnertyp", "rolle",
    ),
    "status": (
        "status", "state of relation", "connection status", "partner status", "vendor status", "supplier status",
        "customer status", "retailer status", "account status", "company status", "active status", "current status",
        "lieferantenstatus", "kundenstatus", "statut",
        "partnerstatus", "estatus", "situação", "stav", "durum", "κατάσταση", "الحالة", "סטטוס", "สถานะ", "状态",
        "ステータス", "상태",
        "primary status", "payee status", "gln status", "license status", "licence status", "registration status",
        "establishment status", "establishment status name", "portal status",
    ),
    "website": (
        "website", "web site", "url", "web", "homepage", "domain", "web address", "domains", "websites", "site",
        "webseite", "internet", "internetseite", "internetadresse", "site web", "site internet", "sitio web",
        "pagina web", "sito web", "sito", "hemsida", "hjemmeside", "www", "company domain name",
        # English and programs
        "web page", "webpage", "web url", "website url", "website address", "web site address", "site url",
        "homepage url", "home page url", "home page", "domain name", "primary domain", "internet address", "web link",
        "page d'accueil", "www address",
        # Other languages
        "web adresse", "webadresse", "internetpräsenz", "firmenwebseite", "firmenhomepage", "url du site",
        "adresse web", "adresse du site", "página de internet", "dirección web", "endereço web", "indirizzo web",
        "internetadres", "webadres", "websiteadres", "nettside", "nettsted", "nettadresse", "webside", "netside",
        "webbplats", "webbsida", "webbadress", "kotisivu", "kotisivut", "verkkosivu", "verkkosivusto", "verkkosivut",
        "www sivut", "strona www", "strona internetowa", "adres www", "witryna", "webové stránky", "web stránky",
        "webová stránka", "internetová stránka", "honlap", "weboldal", "site web firmă", "web sitesi", "web adresi",
        "internet sitesi", "internet adresi", "ιστοσελίδα", "ιστότοπος", "сайт", "веб-сайт", "адрес сайта",
        "сайт компании", "вебсайт", "الموقع الإلكتروني", "الموقع", "אתר", "אתר אינטרנט", "เว็บไซต์", "网站", "网址",
        "官网", "公司网址", "公司网站", "ウェブサイト", "ホームページ", "サイト", "홈페이지", "웹사이트",
        "홈페이지 주소",
        "primaryurl", "urladdress", "intrntsite",
    ),
    "email": (
        "email", "e mail", "mail", "email address", "e mail address", "contact email", "e mail adresse", "courriel",
        "adresse e mail", "adresse mail", "correo electronico", "correo", "posta elettronica", "e mailadres",
        "e post",
        # English and programs
        "e mail id", "email id", "mail id", "mail address", "smtp addr", "smtp address", "emailaddress",
        "email addresses", "emails", "contact e mail", "contact email address", "business email", "electronic mail",
        # Other languages
        "email adresse", "mailadresse", "mail adresse", "e mail anschrift", "kontakt e mail", "kontakt email",
        "adresse email", "adresse courriel", "adresse électronique", "mél", "adresse de courriel",
        "email de contacto", "correo e", "dirección de correo", "dirección de correo electrónico",
        "dirección de email", "endereço de e mail", "endereço de email", "correio eletrónico", "indirizzo email",
        "indirizzo e mail", "indirizzo mail", "e mail adres", "emailadres", "epost", "epostadresse", "e postadresse",
        "e mailadresse", "epostadress", "e postadress", "mejl", "mejladress", "sähköposti", "sähköpostiosoite",
        "adres e mail", "adres email", "poczta elektroniczna", "emailová adresa", "e mailová adresa",
        "elektronická adresa", "email cím", "e mail cím", "adresă e mail", "adresă de e mail", "adresă email",
        "e posta", "eposta", "e posta adresi", "eposta adresi", "mail adresi", "ηλεκτρονικό ταχυδρομείο",
        "ηλ. ταχυδρομείο", "эл. почта", "электронная почта", "адрес электронной почты", "почта", "електронна пошта",
        "ел. пошта", "البريد الإلكتروني", "بريد إلكتروني", "الإيميل", "דוא״ל", "אימייל", "מייל", "อีเมล", "邮箱",
        "电子邮箱", "电子邮件", "邮箱地址", "メール", "メールアドレス", "電子メール", "이메일", "이메일 주소", "메일",
        "전자우편",
        "primaryemailaddress", "email地址",
    ),
    "phone": (
        "phone", "telephone", "phone number", "phone no", "telephone number", "tel", "tel no", "mobile", "telefon",
        "telefonnummer", "tel nr", "rufnummer", "numero de telephone", "telefono", "telefone", "telefoon",
        "telefoonnummer", "puhelin", "contact phone", "main phone", "business phone", "telf1", "電話番号", "電話",
        "전화번호",
        # English and programs
        "telephone no", "telephone nr", "phone numbers", "telephone numbers", "ph no", "phone nr", "phoneno",
        "phonenumber", "tel number", "tel num", "main telephone", "main phone number", "office phone", "work phone",
        "landline", "landline number", "switchboard", "contact telephone", "contact phone number",

        # German
        "telefonnr", "telefon nr", "telefon nummer", "tel nummer", "festnetz", "festnetznummer", "telefon zentrale",
        "telefon geschäftlich",
        # French, Spanish, Portuguese, Italian
        "n° de téléphone", "n° téléphone", "n° tél", "numéro de tél", "téléphone fixe", "tél fixe",
        "tfno", "tlfno", "nº de teléfono",
        "nº teléfono", "número de teléfono", "teléfono fijo", "telf", "tlf",
        "fone", "número de telefone", "contacto telefónico", "numero di telefono", "n° telefono",
        "numero telefono", "telefono fisso", "recapito telefonico",
        # Dutch, Danish, Norwegian, Swedish, Finnish
        "telefoonnr", "telefoon nr", "telnr", "tlf nr", "tlfnr",
        "tfn", "puhelinnumero", "puh", "puhelinnro",
        # Polish, Czech, Slovak, Hungarian, Romanian, Turkish, Greek
        "numer telefonu", "nr telefonu", "nr tel", "telefon kontaktowy",
        "telefonní číslo", "telefónne číslo", "tel. číslo", "číslo telefonu", "telefonszám", "telefon szám",
        "număr de telefon", "număr telefon", "nr telefon", "nr. de telefon",
        "telefon no", "telefon numarası", "sabit telefon", "τηλέφωνο", "τηλ",
        "τηλέφωνο επικοινωνίας", "αριθμός τηλεφώνου",
        # Russian, Ukrainian, Arabic, Hebrew, Thai
        "номер телефона", "контактный телефон", "номер телефону",
        "контактний телефон", "الهاتف", "هاتف", "رقم الهاتف", "رقم هاتف", "טלפון",
        "מספר טלפון", "טל", "เบอร์โทร", "เบอร์โทรศัพท์", "โทรศัพท์", "หมายเลขโทรศัพท์", "เบอร์ติดต่อ",
        # Chinese, Japanese, Korean
        "电话号码", "联系电话", "公司电话", "固定电话", "座机", "联络电话",
        "連絡先電話番号", "代表電話", "전화", "연락처", "대표전화",
        "전화 번호",
        "primaryphonenumber", "ph",
    ),
    "contact": (
        "contact", "contact name", "contact person", "primary contact", "ansprechpartner", "kontakt", "kontaktperson",
        "interlocuteur", "contacto", "persona de contacto", "contatto", "referente", "contactpersoon",
        "account manager",
        # English and programs
        "contact person name", "contact full name", "name of contact", "name of contact person", "main contact",
        "main contact name", "primary contact name", "primary contact person", "key contact", "poc", "attn",
        "cntct prsn", "attention", "attention to",
        # Other languages
        "ansprechpartnerin", "ansprechperson", "kontaktname", "kontakt name", "kontaktperson name", "nom du contact",
        "nom contact", "personne de contact", "contact principal", "nombre de contacto", "nombre del contacto",
        "nombre contacto", "persona contacto", "contacto principal", "pessoa de contato", "pessoa de contacto",
        "contato", "nome do contato", "nome do contacto", "nome contatto", "persona di contatto", "contact persoon",
        "naam contactpersoon", "kontaktnavn", "kontaktnamn", "kontaktpersonens namn", "yhteyshenkilö",
        "yhteyshenkilön nimi", "osoba kontaktowa", "osoba do kontaktu", "kontaktní osoba", "kontaktná osoba",
        "kapcsolattartó", "kapcsolattartó neve", "persoană de contact", "yetkili", "yetkili kişi", "ilgili kişi",
        "irtibat kişisi", "υπεύθυνος επικοινωνίας", "επαφή", "контактное лицо", "контактная персона", "جهة الاتصال",
        "اسم جهة الاتصال", "الشخص المسؤول", "איש קשר", "שם איש קשר", "ผู้ติดต่อ", "ชื่อผู้ติดต่อ", "联系人",
        "联系人姓名", "联络人", "先方担当者",
        "hoofdcontactpersoon", "point of contact", "att", "担当者",
    ),
    "street": (
        "street", "address", "street address", "address line 1", "address1", "address 1", "line1", "addr",
        "billing street", "billing address", "strasse", "strasse nr", "strasse und hausnummer", "anschrift",
        "adresse", "adresse 1", "rue", "calle", "direccion", "endereco", "via", "indirizzo", "straat", "adres",
        "gata", "adress", "stras", "住所", "所在地", "地址", "주소",
        # English and programs
        "street no", "line 1", "addressline1", "address line1", "addr line 1", "addr1", "street line 1",
        "street address line 1", "address line", "address lines", "street name", "street and number",
        "street and house number", "street house no", "street house number", "mailing address", "postal address",
        "physical address", "registered address", "full address", "complete address", "poaddress line1", "strt",
        # German
        "str", "str nr", "straßenname", "straße hausnr", "straße hausnummer", "straße und hausnr", "straße und nr",
        "straße u. hausnr", "straße u. nr", "adresszeile 1", "adresszeile", "postanschrift", "postadresse",
        "firmenanschrift", "firmenadresse", "geschäftsadresse", "rechnungsadresse", "rechnungsstraße", "firmenstraße",
        "rechnungsanschrift", "lieferantenadresse", "kundenadresse", "hausanschrift",
        # French, Spanish, Portuguese, Italian
        "adresse ligne 1", "adresse postale", "adresse complète", "adresse du siège", "adresse siège social",
        "adresse de facturation", "n° et rue", "numéro et rue", "voie", "dirección línea 1", "dirección postal",
        "dirección fiscal", "dirección completa", "domicilio", "domicilio fiscal", "calle y número", "calle y nº",
        "calle número", "logradouro", "morada", "rua", "endereço completo", "indirizzo sede", "indirizzo sede legale",
        "indirizzo completo", "via e numero", "via e numero civico",
        # Dutch, Danish, Norwegian, Swedish, Finnish
        "straatnaam", "straat en huisnummer", "straat en nummer", "straat + huisnummer", "straat nr", "adresregel 1",
        "bezoekadres", "vestigingsadres", "postadres", "factuuradres", "gateadresse", "gadeadresse", "gade", "vej",
        "vejnavn", "besøksadresse", "adresselinje 1", "gate og nummer", "gatuadress", "postadress", "besöksadress",
        "adressrad 1", "fakturaadress", "fakturaadresse", "katuosoite", "osoite", "lähiosoite", "postiosoite",
        "käyntiosoite",
        # Polish, Czech, Slovak, Hungarian, Romanian, Turkish, Greek
        "ulica", "ulica i numer", "ulica i nr", "adres siedziby", "ulice", "ulice a číslo", "ulice a č.p.",
        "ulica a číslo", "adresa", "adresa sídla", "utca", "utca házszám", "cím", "székhely címe", "postacím",
        "strada", "strada și numărul", "adresa sediu", "adres satırı 1", "açık adres", "fatura adresi", "cadde sokak",
        "sokak", "διεύθυνση", "οδός", "οδός και αριθμός",
        # Russian, Ukrainian, Arabic, Hebrew, Thai
        "улица", "юридический адрес", "фактический адрес", "почтовый адрес", "юр. адрес", "адрес организации",
        "вулиця", "юридична адреса", "поштова адреса", "العنوان", "عنوان", "الشارع", "כתובת", "רחוב", "ที่อยู่",
        "ถนน",
        # Chinese, Japanese, Korean
        "详细地址", "公司地址", "注册地址", "通讯地址", "联系地址", "办公地址", "单位地址", "街道", "街道地址",
        "会社住所", "本社所在地", "番地", "도로명주소", "도로명 주소", "회사주소", "본사주소", "사업장주소",
        "사업장 주소", "사업장소재지",
        "addressstreet", "utdelningsadress", "phy street",
    ),
    "street2": (
        "street2", "street 2", "address line 2", "address2", "address 2", "line2", "suite", "adresse 2", "line 2",
        "addressline2", "address line2", "addr line 2", "addr2", "addr 2", "street line 2", "street address 2",
        "street address line 2", "poaddress line2", "apartment", "apt suite", "adresszusatz", "adresszeile 2",
        "straße 2", "adresse ligne 2", "complément d'adresse", "complément adresse", "complément", "dirección 2",
        "dirección línea 2", "complemento", "endereço 2", "indirizzo 2", "adres 2", "adresregel 2", "adresselinje 2",
        "adress 2", "adressrad 2", "osoite 2", "adresa 2", "ulica 2",
    ),
    "city": (
        "city", "town", "billing city", "ort", "stadt", "wohnort", "ville", "commune", "localite", "ciudad",
        "poblacion", "localidad", "municipio", "cidade", "citta", "comune", "localita", "plaats", "woonplaats",
        "stad", "miasto", "mesto", "ort01", "城市", "gorod",
        # English and programs
        "city name", "town name", "town city", "suburb", "locality", "municipality", "pocity",
        # Other languages
        "ortschaft", "ortsname", "rechnungsort", "rechnungsstadt", "firmenort", "nom de la ville", "nom de ville",
        "ciudad población", "ciudad localidad", "localidade", "città comune", "gemeente", "plaatsnaam",
        "vestigingsplaats", "poststed", "sted", "bynavn", "postort", "kaupunki", "postitoimipaikka", "paikkakunta",
        "toimipaikka", "miejscowość", "miasto siedziby", "obec", "mesto obec", "város", "település", "helység",
        "oraș", "localitate", "şehir", "πόλη", "місто", "населённый пункт", "населений пункт", "المدينة", "مدينة",
        "עיר", "ישוב", "יישוב", "เมือง", "所在城市", "市区町村", "도시",
        "addresscity", "phy city",
    ),
    "region": (
        "region", "state", "state province", "billing state province", "billing state", "province", "county",
        "bundesland", "provincia", "departement", "provincie", "regio", "state region", "region state",
        "region province", "province state", "province region", "state name", "state id name", "county state", "prov",
        "kanton", "canton", "regione", "comunidad autónoma", "uf", "län", "fylke", "maakunta", "województwo", "megye",
        "județ", "νομός", "область", "المنطقة", "מחוז", "จังหวัด", "省", "省份", "都道府県", "시도", "poregion",
        "billing region",
        "addressstateid", "default address province code", "phy state", "distrito",
    ),
    "postal_code": (
        "postal code", "postalcode", "postcode", "post code", "zip", "zip code", "zipcode", "zip postal code",
        "billing zip postal code", "billing postal code", "plz", "postleitzahl", "code postal", "cp", "codigo postal",
        "c p", "cap", "codice postale", "postnummer", "postnr", "kod pocztowy", "psc", "pstlz", "postl code",
        "郵便番号", "邮编",
        # English and programs
        "post code1", "postcode zip", "zip postcode", "zip or postal code", "postal zip code", "pin code", "pincode",
        "eircode", "popostal code", "plz code", "post code zip",
        # Other languages
        "plz zip", "rechnungspostleitzahl", "rechnungsplz", "postleitzahl plz", "code postale", "cód. postal",
        "cód. post.", "cod. cap", "codice cap", "codice avviamento postale", "post nr", "postno", "postinumero",
        "postinro", "kod poczt", "poštovní směrovací číslo", "poštové smerovacie číslo", "irányítószám", "irsz",
        "irányító szám", "posta kodu", "ταχυδρομικός κώδικας", "ταχ. κώδικας", "τ.κ.", "τκ", "индекс",
        "почтовый индекс", "поштовий індекс", "الرمز البريدي", "מיקוד", "รหัสไปรษณีย์", "邮政编码", "邮政编号",
        "邮递区号", "우편번호",
        "addresszipcode", "phy zip",
    ),
    "country": (
        "country", "country code", "country region", "billing country", "land", "landercode", "landerkurzel", "pays",
        "code pays", "pais", "paese", "nazione", "kraj", "land1", "country key", "ctry", "国家",
        # English and programs
        "country name", "country iso", "country iso code", "iso country code", "country code iso",
        "country region code", "country region name", "country region id", "country id name", "country id code",
        "land iso", "iso land", "pocountry", "nation", "billing country code",
        # Other languages
        "landname", "rechnungsland", "länderschlüssel", "länderkennzeichen", "landkürzel", "landeskürzel",
        "landescode", "landeskennzeichen", "ländersch", "land region", "länder-/regionscode", "nom du pays",
        "code pays région", "código de país", "código país", "código do país", "codice paese", "codice nazione",
        "landcode", "land regiocode", "landnaam", "landkode", "landekode", "lande-/områdekode", "landkod", "maa",
        "maakoodi", "maatunnus", "kod kraju", "země", "kód země", "krajina", "kód krajiny", "ország", "országkód",
        "țară", "cod țară", "ülke", "ülke kodu", "χώρα", "страна", "код страны", "країна", "الدولة", "البلد", "بلد",
        "ארץ", "ประเทศ", "国", "国名", "国别", "国家地区", "国家/地区", "국가", "나라", "국가코드",
        "addresscountryregionid", "phy country", "country of residence", "country of incorporation",
        "country of registration", "country of domicile", "incorporation country", "country iso2", "country iso 2",
        "country iso3", "country iso 3", "country alpha 2", "country alpha 3", "country code iso2",
        "country code iso 2", "country code iso3", "iso2 country code", "iso2 country", "country region key",
        "country reg",
    ),
    "account_number": (
        "account number", "account no", "account nr", "account", "supplier number", "supplier no", "vendor number",
        "vendor no", "customer number", "customer no", "retailer identifier", "kundennummer", "kundennr", "kunden nr",
        "kd nr", "lieferantennummer", "lieferantennr", "lieferanten nr", "kreditor", "debitor", "kreditorennummer",
        "debitorennummer", "numero de compte", "numero client", "numero fournisseur", "no client", "no fournisseur",
        "numero de cliente", "numero de proveedor", "numero cliente", "numero fornitore", "klantnummer",
        "leveranciersnummer", "kundnummer", "leverantorsnummer", "lief nr", "lifnr", "kunnr",
        # English and programs
        "account num", "acct no", "acct number", "acct num", "supplier nr", "supplier num", "vendor nr", "vendor num",
        "vend no", "customer nr", "customer num", "cust no", "cust number", "client number", "client no",
        "merchant number", "merchant no", "retailer number", "retailer no", "seller number", "vendor account",
        "vendor account number", "customer account", "customer account number", "supplier account",
        "supplier account number", "account reference", "account ref", "a/c ref", "a/c", "a/c no",
        "customer account no", "supplier account no", "vendor account no",
        # German
        "kunden nummer", "kundenkonto", "kundenkontonummer", "lieferanten nummer", "lieferantenkonto", "lief nummer",
        "kreditor nr", "kreditornr", "kreditorennr", "kreditoren nr", "kreditornummer", "debitor nr", "debitornr",
        "debitorennr", "debitoren nr", "debitornummer", "kreditorenkonto", "debitorenkonto", "personenkonto",
        "personenkontonummer", "geschäftspartnernummer", "geschäftspartner nr", "gp nummer",
        # French, Spanish, Portuguese, Italian
        "n° client", "n° fournisseur", "n° de client", "n° de fournisseur", "numéro de client",
        "numéro de fournisseur", "numéro du client", "numéro du fournisseur", "n° compte client", "n° compte",
        "numéro compte", "n° compte fournisseur", "compte client", "compte fournisseur", "compte tiers",
        "n° compte tiers", "num client", "num fournisseur", "nº cliente", "nº proveedor", "nº de cliente",
        "nº de proveedor", "número proveedor", "num cliente", "num proveedor", "n.º cliente", "n.º fornecedor",
        "número do cliente", "número do fornecedor", "número de fornecedor", "n° cliente", "n° fornitore",
        "numero di cliente", "num fornitore",
        # Dutch, Danish, Norwegian, Swedish, Finnish
        "klantnr", "klant nr", "leveranciersnr", "leverancier nr", "leveranciernummer", "debiteurnummer",
        "debiteurennummer", "debiteurnr", "debiteur nr", "crediteurnummer", "crediteurennummer", "crediteurnr",
        "crediteur nr", "relatienummer", "kundenr", "kunde nr", "leverandørnummer", "leverandørnr", "leverandør nr",
        "kundnr", "kund nr", "leverantörsnr", "leverantör nr", "asiakasnumero", "asiakasnro", "toimittajanumero",
        "toimittajanro", "toimittajan numero",
        # Polish, Czech, Slovak, Hungarian, Romanian, Turkish
        "numer klienta", "nr klienta", "numer kontrahenta", "nr kontrahenta", "numer dostawcy", "nr dostawcy",
        "číslo zákazníka", "číslo dodavatele", "číslo odběratele", "číslo dodávateľa", "číslo odberateľa", "vevőszám",
        "vevő száma", "szállítószám", "szállító száma", "ügyfélszám", "număr client", "nr client", "nr furnizor",
        "müşteri no", "müşteri numarası", "tedarikçi no", "tedarikçi numarası", "cari no",
        # Other letters
        "номер клиента", "номер поставщика", "номер контрагента", "номер клієнта", "номер постачальника",
        "رقم العميل", "رقم المورد", "מספר לקוח", "מספר ספק", "顧客番号", "取引先番号", "仕入先番号", "得意先番号",
        "고객번호", "거래처번호", "업체번호",
        "our account no", "our account number", "ihre kunden nr",
    ),
    "reference": (
        "reference", "external id", "erp id", "our reference", "referenz", "ref", "referencia", "riferimento",
        "external reference", "external reference id", "externe id", "referentie",
    ),
    "vat": (
        "vat", "vat number", "vat no", "vat id", "vat registration number", "tax registration number", "ust id",
        "eu ustid", "ust idnr", "ust id nr", "ustid", "ustidnr", "umsatzsteuer id", "tva", "numero tva", "n tva",
        "no tva", "ndeg tva", "tva intracommunautaire", "partita iva", "p iva", "piva", "nif iva", "btw nummer",
        "momsnummer", "nip", "stceg",
        # Given for value added tax alone, or for a tax on goods and services (India's GSTIN). A Czech DIČ is the number
        # for value added tax; a Slovak one is that without letters, which are not compared.
        "vat reg no", "vat reg number", "vat reg nr", "vat registration num", "vat registration no",
        "vat registration nr", "vat registration", "vat nr", "vat identification number", "vat id no",
        "vat id number", "vat number eu", "eu vat", "eu vat number", "eu vat no", "eu vat id", "vat id eu",
        "vatnumber", "vatno", "vatid", "vatin", "vat tax id", "tax reg number", "tax reg no", "tax registration no",
        "gstin", "gstin uin", "gstin no", "gstin number", "gst identification number", "gst no", "gst number",
        "gst registration number", "gst registration no", "gst reg no", "gst hst number",
        "umsatzsteuer identifikationsnummer", "umsatzsteueridentifikationsnummer", "umsatzsteuer identnummer",
        "umsatzsteuer id nr", "umsatzsteuer id nummer", "ust id no", "ust id nummer", "ust identnr", "ust ident nr",
        "ust nr", "uid nummer", "uid nr", "uid mwst", "mwst nr", "mwst nummer", "mehrwertsteuernummer",
        "n° tva intracommunautaire", "numéro de tva", "n° de tva", "numéro tva intracommunautaire", "tva intracom",
        "n° tva intracom", "n° identif. intracomm.", "n° identification intracommunautaire",
        "code tva intracommunautaire", "identifiant tva", "nif intracomunitario", "nº iva", "número de iva",
        "iva intracomunitario", "vat partita iva", "part. iva", "num. partita iva", "btw", "btw nr", "btw id",
        "btw identificatienummer", "btwnummer", "btw nummer eu", "moms nr", "momsnr", "momsreg nr",
        "momsregistreringsnummer", "momsregnr", "momsregistreringsnr", "vat momsnummer", "mva nr", "mva nummer",
        "alv numero", "alv nro", "alv tunnus", "nip ue", "nr nip", "numer nip", "nip vat ue", "vat ue", "ič dph",
        "dič", "közösségi adószám", "eu adószám", "kdv no", "رقم التسجيل الضريبي", "適格請求書発行事業者登録番号",
        "インボイス登録番号",
    ),
    "tax_id": (
        "tax id", "tax number", "ein", "tin", "steuernummer", "siret", "siren", "nif", "cif", "codice fiscale",
        "stcd1", "inn",
        # Numbers for all taxes and of registers. They are of another scheme than those for value added tax, and not to
        # be compared with them: "556012-5790" is in "SE556012579001". A register that counts in each town apart
        # (Germany's HRB) is left out, for one number would be two businesses'.
        "fiscal id", "fiscal code", "fiscal number", "tax id no", "tax id number", "tax id nr",
        "tax identification number", "tax identification no", "taxpayer id", "taxpayer identification number",
        "taxid", "taxnumber", "federal tax id", "federal ein", "fein", "ein number", "ein no", "tin number", "tin no",
        "lic trad num", "employer identification number", "abn", "abn number", "abn no", "australian business number",
        "nzbn", "uen", "uen no", "brn", "business registration number", "business registration no",
        "company registration number", "company registration no", "company registration nr", "company reg no",
        "company reg number", "companies house number", "companies house no", "steuer nr", "steuernr",
        "steuer nummer", "steuer id", "firmenbuchnummer", "firmenbuchnr", "n° siret", "numéro siret", "n° siren",
        "numéro siren", "siret siren", "siren siret", "n° d'entreprise", "numéro d'entreprise", "numéro bce",
        "nif cif", "cif nif", "nº nif", "n.i.f.", "c.i.f.", "nit", "r.u.t.", "rut", "ruc", "rif", "rfc", "cuit",
        "cuil cuit", "cuit cuil", "identificación fiscal", "número de identificación fiscal",
        "registro federal de contribuyentes", "cnpj", "cnpj cpf", "cpf cnpj", "nipc", "contribuinte",
        "nº contribuinte", "número de contribuinte", "n.º contribuinte", "cod. fiscale", "cod. fisc.", "c.f.", "kvk",
        "KvK", "kvk nummer", "kvk nr", "kvknummer", "kamer van koophandel", "kbo", "kbo nummer", "ondernemingsnummer",
        "cvr", "cvr nr", "cvr nummer", "cvrnr", "cvrnummer", "se cvr nr", "cvr se nr", "orgnr", "org nr", "org no",
        "org number", "org nummer", "orgnummer", "organisasjonsnummer", "organisasjonsnr", "foretaksnummer",
        "organisationsnummer", "organisationsnr", "organisation number", "organization number", "y tunnus",
        "ly tunnus", "yritystunnus", "regon", "nr regon", "numer regon", "krs", "nr krs", "ičo", "ič", "oib", "pib",
        "eik", "adószám", "cui", "cod fiscal", "cod unic de înregistrare", "cui cif", "cif cui", "vergi no",
        "vergi numarası", "vergi kimlik no", "vergi kimlik numarası", "vkn", "vkn tckn", "αφμ", "α.φ.μ.", "огрн",
        "унп", "бин", "єдрпоу", "код єдрпоу", "іпн", "рнокпп", "الرقم الضريبي", "ח.פ.", "מספר חברה", "עוסק מורשה",
        "เลขประจำตัวผู้เสียภาษี", "เลขประจำตัวผู้เสียภาษีอากร", "เลขผู้เสียภาษี", "统一社会信用代码", "社会信用代码",
        "纳税人识别号", "税号", "統一編號", "統編", "法人番号", "사업자등록번호", "사업자번호", "사업자 등록번호",
    ),
    "duns": (
        "duns", "duns number", "d u n s",
        "duns no", "duns nr", "duns nummer", "duns code", "d u n s number", "d u n s no", "d u n s nr",
        "d u n s nummer", "dunsnumber", "numéro duns", "n° duns",
    ),
    "gln": (
        "gln",
        "gln number", "gln code", "gln no", "gln nr", "gln nummer", "global location number", "iln", "gln iln",
    ),
    "lei": (
        "lei",
        "lei code", "lei number", "lei no", "lei nr", "lei nummer", "legal entity identifier",
        "legal entity identifier lei",
    ),
    "created_at": (
        "created at", "created", "created on", "since", "start date", "created date", "creation date", "create date",
        "creation time", "date created", "created time", "date added", "date of creation", "customer since",
        "partner since", "supplier since", "vendor since", "erdat", "angelegt am", "angelegt", "erstellt am",
        "erstellt", "anlagedatum", "erstelldatum", "erstellungsdatum", "kunde seit", "date de création", "créé le",
        "fecha de alta", "fecha alta", "fecha de creación", "data creazione", "data di creazione", "data de criação",
        "data de cadastro", "aanmaakdatum", "aangemaakt op", "oprettet", "opprettet", "oprettelsesdato",
        "opprettelsesdato", "skapad", "luotu", "luontipäivä", "data utworzenia", "datum vytvoření", "vytvořeno",
        "létrehozva", "data creării", "kayıt tarihi", "oluşturma tarihi", "дата создания", "дата створення",
        "创建时间", "创建日期", "登録日", "作成日", "등록일", "생성일",
    ),
}  # fmt: skip

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {field: _plain(words) for field, words in _WRITTEN.items()}
"""What a column can hold, with the headings by which it is known, best first; without case, accents and punctuation."""

CODES: Final = _plain((
    "code", "partner code", "supplier code", "vendor code", "retailer code", "customer code", "company code",
    "business partner", "partner", "number", "nummer", "numero", "codigo", "codice", "kod", "supplier", "vendor",
    "retailer", "customer", "lieferant", "kunde", "fournisseur", "proveedor", "fornitore", "klant", "leverancier",
    "code fournisseur", "code client", "codigo proveedor", "codigo cliente", "codice fornitore", "codice cliente",
    "コード", "取引先コード", "仕入先コード", "得意先コード", "顧客コード", "编码", "供应商编码", "供应商编号",
    "客户编码", "客户编号", "업체코드", "거래처코드",
    "card code", "cardcode", "bp code", "party code", "dealer code", "store code", "shop code", "merchant code",
    "client code", "seller code", "buyer code", "crediteur", "debiteur", "relatie", "leverandør", "leverantör",
    "kund", "toimittaja", "asiakas", "dodavatel", "odběratel", "furnizor", "szállító", "vevő", "kundencode",
    "lieferantencode", "cód. cliente", "cód. proveedor", "código do cliente", "código do fornecedor",
    "código fornecedor", "cod. fornitore", "code du client", "code du fournisseur", "klantcode", "leverancierscode",
    "relatiecode", "kundekode", "leverandørkode", "kundkod", "leverantörskod", "asiakaskoodi", "toimittajakoodi",
    "koodi", "kod klienta", "kod kontrahenta", "kod dostawcy", "kód partnera", "kód dodavatele", "kód odběratele",
    "kód zákazníka", "partnerkód", "cod client", "cod furnizor", "cari kod", "cari kodu", "cari hesap kodu",
    "müşteri kodu", "tedarikçi kodu", "firma kodu", "κωδικός", "κωδικός πελάτη", "κωδικός προμηθευτή",
    "код контрагента", "код поставщика", "номер", "код клієнта", "код постачальника", "كود العميل", "كود المورد",
    "الرمز", "קוד לקוח", "קוד ספק", "รหัส", "รหัสลูกค้า", "รหัสผู้ขาย", "รหัสผู้จำหน่าย", "代码", "客户代码",
    "供应商代码", "公司代码", "厂商编号", "往来单位编码", "往来单位编号", "ベンダーコード", "仕入先", "得意先",
    "取引先", "코드", "고객코드", "공급업체코드", "거래처", "업체", "供应商", "客户", "partner number", "partner no",
    "dealer number", "store number", "shop number", "branch number", "dealer no", "store no", "shop no", "branch no",
))  # fmt: skip
"""Headings of a column that tells rows apart only if no two of them hold the same there: else it may be any code.

Beside the name, "Vendor" is the vendor's number.
"""

NAME_GOES_ON: Final = _plain((
    "name 2", "name2", "name 3", "name3", "name 4", "name4", "firma 2", "firma2", "firmenname 2", "namenszusatz",
    "name org2", "name org 2", "name org3", "name org4", "company name 2", "supplier name 2", "vendor name 2",
    "customer name 2", "firma 3", "firmenname 3", "nom 2", "nombre 2", "naam 2", "navn 2", "namn 2", "nazwa 2",
    "název 2", "raison sociale 2", "ragione sociale 2", "namenszusatz 1",
))  # fmt: skip
"""Headings of columns that hold what of a long name did not fit, as SAP writes it: "Stadtwerke", "München GmbH"."""

HOUSE_NUMBERS: Final = _plain((
    "house number", "house no", "house nr", "house num1", "building number", "building no", "street number",
    "street no", "hausnummer", "hausnr", "haus nr", "huisnummer", "huisnr", "huis nr", "n° de voie", "numéro de voie",
    "n° rue", "numéro de rue", "numero civico", "n° civico", "civico", "husnummer", "husnr", "talonumero", "nr domu",
    "numer domu", "č.p.", "číslo popisné", "číslo domu", "házszám", "bina no", "дом", "номер дома", "будинок",
))  # fmt: skip
"""Headings of a column beside the street that holds the number alone."""

_KINDS: Final = (
    "sponsor", "funder", "donor", "grantee", "recipient", "awardee", "applicant", "assignee", "licensee", "licensor",
    "exhibitor", "insured", "dealership", "property", "aussteller", "mandant", "praxis", "contractor",
    "subcontractor", "provider", "hospital", "clinic", "pharmacy", "school",
    "institution", "university", "affiliation", "publisher", "carrier", "broker", "shipper", "consignee", "importer",
    "exporter", "landlord", "lessor", "tenant", "lessee", "hotel", "restaurant", "venue", "club", "church", "charity",
)  # fmt: skip
"""What lists call those that they are about; beside a name, it may be a kind or a place."""

FOR_WANT: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (*(f"{kind}{name}" for name in (" name", "") for kind in _KINDS), *HEADINGS["aliases"], *_plain((
        "full name", "party", "store name", "store", "shop name", "shop", "manufacturer name", "manufacturer",
        "distributor name", "distributor", "dealer name", "dealer", "reseller name", "reseller", "wholesaler name",
        "wholesaler", "enterprise", "hersteller", "händler name", "établissement", "fabricant", "distributeur",
        "revendeur", "fabricante", "distribuidor", "fabrikant", "forhandler", "återförsäljare", "jälleenmyyjä",
        "valmistaja", "bayi", "bayi adı", "店名", "店铺名称", "店舗名", "经销商", "经销商名称", "代理商",
        "代理商名称", "メーカー", "メーカー名", "ชื่อร้าน", "ชื่อร้านค้า",
        "banner", "banner name", "member name", "agent name", "facility name", "practice name", "outlet name",
        "station name", "farm name",
        "operator name", "name of school", "nazwa hotelu", "establishment name", "district name", "third party name",
        "permit holder", "license holder",
    ))),
    "phone": _plain((
        "mobile phone", "mobile number", "mobile no", "mobile phone number", "mob no", "cell", "cell phone",
        "cellphone", "cell number", "mobil", "mobilnummer", "mobiltelefon", "mobil nr", "handy", "handynummer",
        "téléphone portable", "tél portable", "portable", "téléphone mobile", "teléfono móvil", "móvil", "celular",
        "telemóvel", "cellulare", "mobiel", "mobiele telefoon", "gsm", "mobilnr", "mobiltelefonnummer",
        "matkapuhelin", "telefon komórkowy", "komórka", "mobilszám", "telefon mobil", "cep telefonu", "gsm no",
        "κινητό", "моб. телефон", "мобильный телефон", "الجوال", "رقم الجوال", "جوال", "נייד", "手机", "手机号",
        "手机号码", "携帯", "携帯電話", "携帯番号", "휴대폰", "휴대전화", "휴대폰번호", "contact number",
        "contact no", "cellular",
    )),
    "email": ("pec", "indirizzo pec"),
}  # fmt: skip
"""Headings that hold a field where no other column does: brands, dealers, somebody's mobile, Italy's certified mail."""

_AS_WRITTEN: Final = frozenset(_plain((
    "שם", "ספק", "אתר", "טל", "עיר", "ארץ", "ח.פ.", "דוא״ל", "اسم", "الاسم", "بلد", "هاتف", "جوال", "τκ", "τ.κ.",
    "τηλ", "πόλη", "χώρα", "αφμ", "α.φ.μ.", "νομός", "индекс", "страна", "бин", "унп", "іпн", "시도", "län", "ič",
    "cím", "név", "cég",
)))  # fmt: skip
"""Words that are others in plain letters: a Czech "strana" is a page, "Yr" a year."""

_TURKISH: Final = frozenset(_plain((
    "ünvan", "ünvanı", "firma adı", "firma ünvanı", "ticari ünvan", "cari ünvan", "cari ünvanı", "cari adı", "şirket",
    "şirket adı", "müşteri", "müşteri adı", "tedarikçi", "tedarikçi adı", "ilçe", "şehir", "ülke", "posta kodu",
    "vergi no", "vergi dairesi", "e posta", "cari kod", "cari kodu",
)))  # fmt: skip
_DANISH: Final = frozenset(_plain((
    "navn", "firmanavn", "virksomhed", "virksomhedsnavn", "bedrift", "selskab", "kundenavn", "leverandør",
    "leverandørnavn", "postnr", "tlf", "cvr", "cvr nr", "cvr nummer", "orgnr", "vej", "gade", "hjemmeside",
)))  # fmt: skip
_INDIAN: Final = frozenset({"gstin", "gstin uin", "gstin no", "gst no", "gst number", "gst registration number"})
_XERO: Final = frozenset({"poaddress line1", "pocity", "saaddress line1", "poattention to"})

_AMERICAN: Final = frozenset({"city", "zip", "zip code", "zipcode", "zip postal code"})

_BUYERS: Final = RETAILERS | {f"{buyer} name" for buyer in RETAILERS} | {"buyer company"}
_OF_A_BUYER: Final[Mapping[str, tuple[str, ...]]] = {
    "email": ("email", "e mail", "mail", "email address", "e mail address"),
    "phone": ("phone", "phone number", "phone no", "telephone", "tel"),
    "website": ("website", "web site", "url", "domain"),
    "contact": ("contact", "contact name", "contact person"),
    "street": ("address", "street"),
    "city": ("city",),
    "region": ("state", "region"),
    "postal_code": ("zip", "zip code", "postal code", "postcode"),
    "country": ("country",),
}

IN_COMPANY: Final[Mapping[str, tuple[tuple[str, frozenset[str]], ...]]] = {
    "billing code": (("postal_code", frozenset({"billing city"})),),  # Zoho
    "st": (("region", _AMERICAN),),
    "by": (("city", _DANISH),),
    "il": (("city", _TURKISH),),
    "cep": (("phone", _TURKISH), ("postal_code", frozenset())),
    "pan": (("tax_id", _INDIAN),),
    "pan it no": (("tax_id", _INDIAN),),
    "konto": (("account_number", frozenset({"name adressattyp unternehmen", "eu ustid"})),),  # DATEV
    "contact name": (("name", _XERO),),
    "cty": (("country", frozenset({"city"})),),  # SAP
    # Of a list of suppliers, it is one's own buyer's.
    **{f"buyer {word}": ((field, _BUYERS),) for field, words in _OF_A_BUYER.items() for word in words},
}
"""Headings of two meanings, with the field that each is among certain others, or else (none are named)."""


_WITH_SIGN: Final = re.compile(r"(?<=\w)\s*#\s*$|#\s*(?=\w)")


@lru_cache(maxsize=16_384)
def written(heading: str) -> str:
    """A heading in plain letters, by which it is known; empty if it is a word of another language in these.

    "Dealer #" is a dealer's number, and no dealer; "Phone #" is known without its sign, if not with a number.
    """
    word = plain(heading)
    if "#" in heading and (numbered := plain(_WITH_SIGN.sub(" number ", heading))) != word:
        named = word in HEADINGS["name"] or word in FOR_WANT["name"]
        known = any(numbered in words for words in HEADINGS.values())
        word = numbered if named or known else word
    return "" if word in _AS_WRITTEN and heading.isascii() else word
