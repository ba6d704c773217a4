"""From a snapshot to a reconciliation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import evolve

from aggregator.reconcile.checks import Context, all_findings
from aggregator.reconcile.entries import TABLE, AccountView, Entry, view_accounts
from aggregator.reconcile.finding import Finding, code_order
from aggregator.reconcile.identity import partner_ids
from aggregator.reconcile.matching import Decision, MatchResult, Model, ScoredPair, match, shipped_model
from aggregator.reconcile.policy import Policy
from aggregator.reconcile.profiles import folded, profiles, sure_links
from aggregator.reconcile.reconciliation import Partner, Reconciliation
from aggregator.snapshot import Snapshot


def reconcile(
    snapshot: Snapshot,
    *,
    policy: Policy | None = None,
    previous: Mapping[str, str] | None = None,
) -> Reconciliation:
    """Say who is who on all accounts of a snapshot, and what disagrees.

    The same snapshot gives the same answer, in whatever order its records come.

    Args:
        snapshot: What all accounts said.
        policy: What should be the case; None for `Policy()`.
        previous: `partner_ids` of an earlier run, so that partners keep their ids.
    """
    policy = policy or Policy()
    views = view_accounts(snapshot)
    entries = [entry for view in views for entry in view.entries]
    result = match(profiles(entries), model=_model(policy), must_link=tuple(sure_links(entries)))
    partners = _partners(views, result, previous or {})
    pairs = tuple(result.pairs())
    review = tuple(pair for pair in pairs if pair.decision is Decision.REVIEW)
    context = Context(partners=partners, views=views, policy=policy, now=snapshot.taken_at, review=review)
    return Reconciliation(
        taken_at=snapshot.taken_at,
        partners=partners,
        matches=_only(pairs, Decision.MATCH),
        review=review,
        findings=tuple(sorted(all_findings(context), key=_gravest_first)),
        coverage=views,
        explain=result.explain,
    )


def _model(policy: Policy) -> Model:
    model = shipped_model()
    if policy.match is not None:
        model = evolve(model, match=policy.match)
    return model if policy.review is None else evolve(model, review=policy.review)


def _only(pairs: tuple[ScoredPair, ...], decision: Decision) -> tuple[ScoredPair, ...]:
    return tuple(pair for pair in pairs if pair.decision is decision)


def _partners(views: Sequence[AccountView], result: MatchResult, previous: Mapping[str, str]) -> tuple[Partner, ...]:
    order = {view.account: place for place, view in enumerate(views)}
    entries = {entry.key: entry for view in views for entry in view.entries}
    clusters = [
        sorted((entries[key] for key in keys), key=lambda entry: (order[entry.account], entry.key))
        for keys in result.clusters
    ]
    ids = partner_ids(clusters, previous)
    made = [
        Partner(id=one, name=partner_name(cluster), entries=tuple(cluster), explain=result.explain)
        for one, cluster in zip(ids, clusters, strict=True)
    ]
    return tuple(sorted(made, key=lambda partner: (folded(partner.name), partner.name, partner.id)))


def partner_name(cluster: Sequence[Entry]) -> str:
    """Return what a business is called: by your own table first, then as most accounts write it, then at length."""
    own = [entry for entry in cluster if entry.account.vendor == TABLE and entry.name]
    names = [entry.name for entry in own or cluster if entry.name]
    if not names:
        return cluster[0].id
    often = Counter(map(folded, names))
    return min(names, key=lambda name: (-often[folded(name)], -len(name), name))


def _gravest_first(finding: Finding) -> tuple[int, int, str, str, str]:
    return (
        finding.severity.rank,
        code_order(finding.code),
        finding.message.casefold(),
        finding.message,
        finding.partner_id or "",
    )
