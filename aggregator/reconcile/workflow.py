"""From a snapshot to a reconciliation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from os import PathLike
from pathlib import Path

from attrs import evolve

from aggregator.activity import trade_of, with_activity
from aggregator.errors import ConfigurationError
from aggregator.garbage import without_garbage_collection
from aggregator.reconcile.account_views import AccountView, view_accounts
from aggregator.reconcile.checks import Context, Forgiven, all_findings
from aggregator.reconcile.decisions.decisions import Decisions, Obeyed
from aggregator.reconcile.decisions.decisions_file import read_decisions
from aggregator.reconcile.entries import TABLE, Entry
from aggregator.reconcile.finding import Finding, code_order
from aggregator.reconcile.folding import folded
from aggregator.reconcile.identity import partner_ids, remembered
from aggregator.reconcile.joints import Joints
from aggregator.reconcile.matching import Decision, MatchResult, Model, ScoredPair, match, shipped_model
from aggregator.reconcile.numbering import find_numberings
from aggregator.reconcile.policy.file import read_policy
from aggregator.reconcile.policy.policy import Policy
from aggregator.reconcile.profiles import profiles
from aggregator.reconcile.reconciliation import Partner, Reconciliation
from aggregator.reconcile.record_links import links_of
from aggregator.reconcile.references import References
from aggregator.reconcile.sure import sure_links, told_by_lists
from aggregator.snapshot import Snapshot


@without_garbage_collection()
def reconcile(
    snapshot: Snapshot,
    *,
    decisions: Decisions | str | Path | None = None,
    policy: Policy | str | Path | None = None,
    previous: Mapping[str, str] | None = None,
) -> Reconciliation:
    """Say who is who on all accounts of a snapshot, and what disagrees.

    The same snapshot gives the same answer, in whatever order its records come.

    Args:
        snapshot: What all accounts said.
        decisions: What people have decided, or the file that holds it; it always wins.
        policy: What should be the case, or the TOML file that says so; None for `Policy()`.
        previous: `partner_ids` of an earlier run, so that partners keep their ids.

    Raises:
        ConfigurationError: The decisions contradict each other, or a file cannot be used.
        TypeError: What was given is no snapshot, or something else than it should be.
    """
    if not isinstance(snapshot, Snapshot):
        given = type(snapshot).__name__
        raise TypeError(
            f"no snapshot but {given}: write Snapshot.load(folder), or Snapshot(taken_at=..., listings=...)"
        )
    rules, said, ids = _policy_of(policy), _decisions_of(decisions), _ids_of(previous)
    snapshot = with_activity(snapshot, unallocated_days=rules.unallocated_days)
    views = view_accounts(snapshot, rules.statuses)
    entries = [entry for view in views for entry in view.entries]
    obeyed = said.obey(References(entries).find, sure_links(entries))
    model = model_of(rules)
    read = profiles(entries)
    numberings = find_numberings(read)
    joined = match(numberings.told(read), model=model, must_link=obeyed.same, cannot_link=obeyed.different)
    result = told_by_lists(joined, obeyed.listed)
    partners = _partners(views, result, ids)
    pairs = tuple(result.pairs())
    review = (*(pair for pair in pairs if _waits(pair, obeyed)), *_looked_at(entries, pairs, obeyed, result))
    context = Context(
        partners=partners,
        views=views,
        policy=rules,
        now=snapshot.taken_at,
        review=review,
        faint=tuple(pair for pair in pairs if pair.decision is Decision.NO),
        gone=obeyed.gone,
        parted=obeyed.different,
        trades=trade_of(snapshot),
        numberings=numberings,
    )
    forgiven = Forgiven.of(context)
    findings = tuple(sorted(all_findings(context, forgiven), key=_gravest_first))
    return Reconciliation(
        taken_at=snapshot.taken_at,
        partners=partners,
        matches=tuple(pair for pair in pairs if pair.decision is Decision.MATCH),
        review=review,
        findings=findings,
        forgiven=forgiven.count,
        coverage=views,
        result=result,
        match_from=model.match,
        review_from=model.review,
        links=links_of(snapshot, rules, views),
        remembered=remembered(entries, ids, [view.account for view in views if view.proves_absence]),
    )


def _policy_of(given: Policy | str | Path | None) -> Policy:
    if given is None:
        return Policy()
    if isinstance(given, Policy):
        return given
    if not isinstance(given, str | PathLike):
        raise TypeError(f"no policy but {type(given).__name__}: write Policy(...), or the path of a TOML file")
    return read_policy(given)


def _decisions_of(given: Decisions | str | Path | None) -> Decisions:
    if given is None:
        return Decisions()
    if isinstance(given, Decisions):
        return given
    if not isinstance(given, str | PathLike):
        kind = type(given).__name__
        raise TypeError(f"no decisions but {kind}: write one path, or merged(map(read_decisions, paths)) for several")
    if given == "":
        raise ConfigurationError("The path of the decisions is empty.", hint="Name their file, or leave them out.")
    return read_decisions(given)


def _ids_of(previous: Mapping[str, str] | None) -> Mapping[str, str]:
    if previous is None:
        return {}
    if not isinstance(previous, Mapping):
        raise TypeError(f"no partner ids but {type(previous).__name__}: write previous=earlier.partner_ids")
    return previous


def _waits(pair: ScoredPair, obeyed: Obeyed) -> bool:
    """Whether a person should look at a pair: the matcher doubts, or somebody has looked and could not say."""
    keys = (min(pair.left, pair.right), max(pair.left, pair.right))
    return pair.decision is Decision.REVIEW or keys in obeyed.unsure


def _looked_at(
    entries: Iterable[Entry], pairs: Iterable[ScoredPair], obeyed: Obeyed, result: MatchResult
) -> Iterator[ScoredPair]:
    """Yield the pairs of which a person could not say anything, and which the matcher did not even think of."""
    if not obeyed.unsure:
        return
    source = {entry.key: entry.account.label for entry in entries}
    unscored = obeyed.unsure - {(min(one.left, one.right), max(one.left, one.right)) for one in pairs}
    named = (sorted(pair, key=lambda key: (source.get(key, ""), key)) for pair in unscored)
    there = sorted((left, right) for left, right in named if left in source and right in source)
    explained = [(pair, *said) for pair, said in zip(there, result.explain_all(there), strict=True)]
    for (left, right), probability, evidence in sorted(explained, key=lambda one: -one[1]):
        yield ScoredPair(
            left=left,
            right=right,
            left_source=source[left],
            right_source=source[right],
            probability=probability,
            decision=Decision.REVIEW,
            explain=partial(tuple, evidence),
        )


def model_of(policy: Policy) -> Model:
    """Return the shipped model with the thresholds of a policy.

    Raises:
        ConfigurationError: Pairs would be reviewed only above what is joined without a person.
    """
    shipped = shipped_model()
    match, review = (
        own if said is None else said for said, own in ((policy.match, shipped.match), (policy.review, shipped.review))
    )
    if review > match:
        raise ConfigurationError(
            f"The policy has pairs reviewed from {review:g} and joined from {match:g}, so that none is reviewed.",
            hint="Set both in [thresholds]: a pair is reviewed below match.",
        )
    return evolve(shipped, match=match, review=review)


def _partners(views: Sequence[AccountView], result: MatchResult, previous: Mapping[str, str]) -> tuple[Partner, ...]:
    order = {view.account: place for place, view in enumerate(views)}
    entries = {entry.key: entry for view in views for entry in view.entries}
    clusters = [
        sorted((entries[key] for key in keys), key=lambda entry: (order[entry.account], entry.key))
        for keys in result.clusters
    ]
    ids, joints = partner_ids(clusters, previous), Joints(result)
    made = [
        Partner(id=one, name=partner_name(cluster), entries=tuple(cluster), joints=joints.of)
        for one, cluster in zip(ids, clusters, strict=True)
    ]
    return tuple(sorted(made, key=lambda partner: (folded(partner.name), partner.name, partner.id)))


def partner_name(cluster: Sequence[Entry]) -> str:
    """Return what a business is called: by your own table first, then as most accounts write it, then at length."""
    own = [entry for entry in cluster if entry.account.vendor == TABLE and entry.name]
    names = [entry.name for entry in own or cluster if entry.name]
    if not names:
        return cluster[0].id
    if len(names) == 1:
        return names[0]
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
