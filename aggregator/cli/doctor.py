"""`aggregator doctor`: can I log in, what may I see, is my clock right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from attrs import asdict, frozen
from cyclopts import Parameter

from aggregator.adapter.base import Adapter
from aggregator.adapter.steps import Plan
from aggregator.adapter.unready import Unready
from aggregator.cli.places import Place
from aggregator.cli.terminal import clean, output
from aggregator.client import Client
from aggregator.config import DEFAULT_FILE, read_config
from aggregator.errors import AggregatorError
from aggregator.model.converter import dump_json
from aggregator.wire.options import Options

# A clock this far off breaks nothing of ours, but tokens and log files that are compared with it.
CLOCK_TOLERANCE = 60.0


@frozen(kw_only=True)
class Check:
    """One question and its answer.

    Attributes:
        account: Vendor and account.
        question: What was tried.
        good: Whether it is as it should be.
        answer: What was found, and what to do.
        exit_code: What the command exits with if this is the first that is not good.
    """

    account: str
    question: str
    good: bool
    answer: str
    exit_code: int = 0


def doctor(
    *,
    config: Annotated[Place, Parameter(name=["--config", "-c"])] = Path(DEFAULT_FILE),
    json: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Check for each account that one can log in, what one may see, and that the clocks agree.

    One small request is made for each list. Exit code 0: all is well; otherwise the code of the first trouble.

    Parameters
    ----------
    config: Path
        The settings file that names the accounts.
    json: bool
        Print one line of JSON instead of a table.
    """
    settings = read_config(config)
    checks = [check for account in settings.accounts for check in examine(account, settings.options)]
    if json:
        print(dump_json([asdict(check) for check in checks]))  # noqa: T201 - the result
    else:
        _print(checks)
    return next((check.exit_code for check in checks if not check.good), 0)


def examine(adapter: Adapter | Unready, options: Options) -> list[Check]:
    """Return the checks of one account: the login first, and nothing further if that fails."""
    if isinstance(adapter, Unready):
        account, error = f"{adapter.vendor} ({adapter.account})", adapter.error
        return [Check(account=account, question="secret", good=False, answer=str(error), exit_code=error.exit_code)]
    with Client(adapter, options=options) as client:
        login = _try(client, adapter.probe(), "log in", "the credentials are good")
        if not login.good:
            return [login]
        lists = [_try(client, plan, plan.operation, "may be listed") for plan in adapter.listings()]
        return [login, *lists, _clock(adapter, client.clock_offset)]


def _try(client: Client[Adapter], plan: Plan[Any], question: str, good: str) -> Check:
    account = f"{plan.vendor} ({plan.account})"
    try:
        page = client.peek(plan)
    except AggregatorError as error:
        return Check(account=account, question=question, good=False, answer=str(error), exit_code=error.exit_code)
    declared = "" if page is None or page.declared is None else f", {page.declared:,} declared"
    return Check(account=account, question=question, good=True, answer=f"{good}{declared}")


def _clock(adapter: Adapter, offset: float | None) -> Check:
    account = f"{adapter.vendor} ({adapter.account})"
    if offset is None:
        return Check(account=account, question="clock", good=True, answer="the platform does not say its time")
    if abs(offset) <= CLOCK_TOLERANCE:
        return Check(account=account, question="clock", good=True, answer="agrees with the platform's")
    direction = "ahead of" if offset > 0 else "behind"
    answer = f"the platform's clock is {abs(offset):.0f} s {direction} this machine's. Set this machine's by NTP."
    return Check(account=account, question="clock", good=False, answer=answer, exit_code=1)


def _print(checks: list[Check]) -> None:
    from rich.table import Table  # noqa: PLC0415 - keeps --help quick

    table = Table(box=None, pad_edge=False, show_header=False)
    for check in checks:
        mark = "ok" if check.good else "!!"
        table.add_row(mark, clean(check.account), clean(check.question), clean(check.answer))
    output().print(table)
