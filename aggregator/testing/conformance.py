"""The suite that every adapter passes: subclass `AdapterConformance` in a test file, and name the wire profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar

from aggregator.adapter.base import Adapter
from aggregator.adapter.capabilities import Support
from aggregator.testing.faults import FAULTS, Expect, Fault
from aggregator.testing.judge import complaints, content
from aggregator.testing.profile import ListProfile, WireProfile
from aggregator.testing.run import Case, Driver, Run


def cases(wire: WireProfile) -> Iterator[Case]:
    """Yield every case that an adapter's lists can meet: each fault by itself, with each driver."""
    adapter = wire.adapter()
    for profile in wire.lists:
        for fault in FAULTS.values():
            if fault.applies(profile, adapter):
                for driver in Driver:
                    yield Case(wire=wire, profile=profile, driver=driver, faults=(fault,))


def case_name(case: Case) -> str:
    """Return the name of a case, as pytest shows it."""
    operation = case.profile.plan(case.wire.adapter()).operation
    faults = " + ".join(fault.name for fault in case.faults) or "fair weather"
    return f"{operation}, {faults}, {case.driver}"


@cache
def calm(wire: WireProfile, profile: ListProfile) -> Mapping[str, Any]:
    """Return the content of each record as it comes in fair weather."""
    run = Case(wire=wire, profile=profile, driver=Driver.THREADS).run()
    return {record.source.id: content(record) for record in run.listing or ()}


def judged(case: Case) -> Run:
    """Run a case and hold it to the rule.

    Raises:
        AssertionError: The rule was broken; the message names the fault, what came of it and the usual mistake.
    """
    run = case.run()
    expect = case.faults[0].expect if len(case.faults) == 1 else Expect.HONEST
    found = complaints(run, calm=calm(case.wire, case.profile), expect=expect)
    told = "; ".join(fault.summary for fault in case.faults) or "fair weather"
    assert not found, f"{case_name(case)}\nWhat happened: {told}.\n" + "\n".join(found)
    return run


class AdapterConformance:
    """Everything an adapter must stand, built from its wire profile.

    A base class of one's own, which has no profile, says `__test__ = False`.

    Attributes:
        wire: The profile; the tests that apply follow from it and from the adapter's declared capabilities.
    """

    __test__ = False
    wire: ClassVar[WireProfile]

    def __init_subclass__(cls, **details: Any) -> None:  # noqa: ANN401 - as type takes them
        """Let pytest collect the subclass.

        Raises:
            TypeError: It has no wire profile, so that nothing would be tested, and nobody would notice.
        """
        super().__init_subclass__(**details)
        if vars(cls).get("__test__") is False:
            return
        if not isinstance(getattr(cls, "wire", None), WireProfile):
            raise TypeError(
                f"{cls.__name__} tests nothing: its attribute `wire` is missing, or no WireProfile. "
                "Set it; a base class for others says `__test__ = False`."
            )
        cls.__test__ = True

    def test_fair_weather(self, calm_case: Case) -> None:
        """Fetch every row of several pages, and call that complete."""
        run = judged(calm_case)
        listing = run.listing
        assert listing is not None, run.reason
        assert listing.coverage.complete, f"It is not complete in fair weather: {run.reason}"
        assert {record.source.id for record in listing} == run.vendor.ever

    def test_fault(self, fault_case: Case) -> None:
        """End in the right records and `complete`, or in an honest word of what is missing and why."""
        judged(fault_case)

    def test_faults_at_random(self) -> None:
        """Keep the rule under several faults at a time, drawn at random from a seed."""
        try:
            from aggregator.testing.machine import run_machine  # noqa: PLC0415 - hypothesis is wanted here alone
        except ModuleNotFoundError as error:
            message = "Faults at random need an extra: pip install 'connection-aggregator[testing]'"
            raise ImportError(message, name=error.name) from error
        run_machine(self.wire)

    def test_declarations(self) -> None:
        """Offer every list that the capabilities declare, and say why where they declare none."""
        adapter = self.wire.adapter()
        for name, _, capability in adapter.capabilities:
            if capability.support is Support.NO:
                assert capability.reason, f"The capability {name} is declared as no, without a reason."
        for plan in (*adapter.listings(), adapter.probe()):
            assert (plan.vendor, plan.account) == (adapter.vendor, adapter.account)
        walked = {profile.plan(adapter).operation for profile in self.wire.lists}
        missing = {plan.operation for plan in adapter.listings()} - walked
        assert not missing, f"The wire profile has no list for {', '.join(sorted(missing))}."

    def test_totals_as_declared(self) -> None:
        """Declare totals only where some list has them."""
        adapter = self.wire.adapter()
        if adapter.capabilities.declared_total.support is Support.YES:
            assert any(profile.total_at for profile in self.wire.lists), (
                "The adapter declares totals, and no list of the wire profile has a total_at."
            )

    def test_secrets_in_the_adapter(self) -> None:
        """Show no credential in what an adapter prints of itself."""
        shown = _shown(self.wire.adapter())
        assert self.wire.secrets, "Name the credentials that the adapter is built with, so that they can be searched."
        for secret in self.wire.secrets:
            assert secret not in shown, "A credential stands in the clear in the adapter's repr, headers or login."


def _shown(adapter: Adapter) -> str:
    return "\n".join(map(repr, (adapter, str(adapter), dict(adapter.headers), adapter.login, adapter.listings())))


def suite_of(wire: WireProfile) -> list[Fault]:
    """Return the faults that apply to any list of an adapter, in the order of the catalogue."""
    adapter = wire.adapter()
    return [fault for fault in FAULTS.values() if any(fault.applies(one, adapter) for one in wire.lists)]
