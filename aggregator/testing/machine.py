"""Several faults at a time, drawn at random from a seed, by a state machine of hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from aggregator.testing.conformance import judged
from aggregator.testing.faults import FAULTS, Fault
from aggregator.testing.profile import ListProfile, WireProfile
from aggregator.testing.run import Case, Driver

EXAMPLES, STEPS = 40, 10


class Weather(RuleBasedStateMachine):
    """Faults come and go; the list grows and shrinks; whenever it is fetched, the rule must hold."""

    wire: WireProfile
    profile: ListProfile

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[Fault] = []
        self.rows = 7

    @initialize(data=st.data())
    def choose_list(self, data: Any) -> None:  # noqa: ANN401 - hypothesis's own type is not public
        """Choose one of the adapter's lists."""
        self.profile = data.draw(st.sampled_from(self.wire.lists))
        adapter = self.wire.adapter()
        self.possible = [fault for fault in FAULTS.values() if fault.applies(self.profile, adapter)]

    @precondition(lambda self: len(self.faults) < 4)
    @rule(data=st.data())
    def worsen(self, data: Any) -> None:  # noqa: ANN401
        """Add a fault. One row is spoilt, and one thing moved, at most: two could make up for each other."""
        groups = {fault.group for fault in self.faults} & {"rows", "moving", "totals"}
        possible = [one for one in self.possible if one.group not in groups and one not in self.faults]
        self.faults.append(data.draw(st.sampled_from(possible)))

    @precondition(lambda self: self.faults)
    @rule()
    def improve(self) -> None:
        """Take the oldest fault away."""
        self.faults.pop(0)

    @rule(rows=st.integers(5, 12))
    def resize(self, rows: int) -> None:
        """Let the list have another length."""
        self.rows = rows

    @rule(driver=st.sampled_from(Driver))
    def fetch(self, driver: Driver) -> None:
        """Fetch the list, and judge what came."""
        judged(Case(wire=self.wire, profile=self.profile, driver=driver, faults=tuple(self.faults), rows=self.rows))


def run_machine(wire: WireProfile) -> None:
    """Run the machine on an adapter's lists; the same wire gives the same run."""
    machine = type("WeatherOf", (Weather,), {"wire": wire})
    health = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=health,
        ),
    )
