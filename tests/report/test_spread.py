"""What the page draws says the same as the lists do."""

from __future__ import annotations

from aggregator.report.spread import MOST_BARS, scores, spread
from tests.reconcile.making import connection, listing, snapshot
from tests.report.browsing import doubtful_snapshot, reconciled


def test_there_is_one_bar_for_each_combination_of_accounts() -> None:
    """Every partner is counted in exactly one bar, the commonest combination first, its bar the highest."""
    vendors = ("crux", "fabric", "commerce_layer")
    names = {"crux": ["Alder", "Birch", "Cedar"], "fabric": ["Alder", "Birch"], "commerce_layer": ["Alder", "Maple"]}
    taken = snapshot(
        *(
            listing(
                *(connection(f"{name} Bicycles", f"{vendor}{name}", vendor=vendor) for name in names[vendor]),
                vendor=vendor,
            )
            for vendor in vendors
        )
    )
    result = reconciled(taken)
    bars = spread(result)
    held = [tuple(sorted(account.vendor for account in partner.accounts)) for partner in result.partners]
    assert {tuple(sorted(label.split(":")[0] for label in bar.accounts)): bar.count for bar in bars} == {
        accounts: held.count(accounts) for accounts in held
    }
    assert [bar.count for bar in bars] == sorted((bar.count for bar in bars), reverse=True)
    assert bars[0].height == 100


def test_more_combinations_than_are_drawn_leave_out_the_rarest() -> None:
    """At most sixteen bars are drawn, and they are the commonest."""
    accounts = [f"account{number}" for number in range(MOST_BARS + 3)]
    taken = snapshot(
        *(listing(connection(f"Lonely {name} Ltd", name, account=name), account=name) for name in accounts)
    )
    assert len(spread(reconciled(taken))) == MOST_BARS


def test_every_scored_pair_is_in_one_bin_that_says_what_became_of_it() -> None:
    """The bins add up to the pairs, and change their meaning at the thresholds."""
    result = reconciled(doubtful_snapshot())
    bins = scores(result)
    assert sum(one.count for one in bins) == len(result.result) > 0
    review, match = (round(20 * edge) for edge in (result.review_from, result.match_from))
    assert 0 < review < match < 20
    assert [one.decision for one in bins] == ["no"] * review + ["review"] * (match - review) + ["match"] * (20 - match)
