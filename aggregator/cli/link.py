"""`aggregator link` and `aggregator unlink`: a person's word on two records, kept in a file."""

from __future__ import annotations

from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from aggregator.cli.places import Place
from aggregator.cli.terminal import say_note
from aggregator.errors import ConfigurationError

if TYPE_CHECKING:
    from aggregator.reconcile.references import References

File = Annotated[Place, Parameter(name=["--decisions", "-d"])]
From = Annotated[tuple[Place, ...], Parameter(name=["--in"], negative=(), show_default=False)]
Column = Annotated[tuple[str, ...], Parameter(name=["--column"], negative=(), show_default=False)]
Read = Annotated[tuple[str, ...], Parameter(name=["--read"], negative=(), show_default=False)]
Flag = Annotated[bool, Parameter(negative=())]

_Lists = tuple[tuple[Path, ...], tuple[str, ...], tuple[str, ...]]
"""Where records are looked up, which heading holds what there, and how it is read."""


def link(
    left: str,
    right: str,
    *,
    decisions: File = Path("decisions.csv"),
    why: str = "",
    by: str | None = None,
    source: From = (),
    column: Column = (),
    read: Read = (),
    undo: Flag = False,
    unsure: Flag = False,
) -> int:
    """Decide that LEFT and RIGHT are one business.

    The decision is a row in a file, which counts where `aggregator reconcile --decisions` names that file.

    Parameters
    ----------
    left: str
        A record: its key as reports show it, or ACCOUNT:ID, such as crux:acme:757c, or left:2 of left.csv.
    right: str
        Another, likewise.
    decisions: Path
        The file: a row is added to it, and it is made if there is none.
    why: str
        The reason, for whoever asks later.
    by: str
        Who decides; the user of this computer if not given.
    source: Path
        A snapshot folder or table to look the records up in: then an id or a name is enough, and a typo is noticed. Can
        be given several times.
    column: str
        Which heading of a table holds what, as in `aggregator reconcile`.
    read: str
        How a table is read, as in `aggregator reconcile`.
    undo: bool
        Take back what the file says of the two, whatever it is; the pair waits for a person again. Where it says
        nothing of them, or that was taken back, nothing is written.
    unsure: bool
        Note that a person has looked and cannot say, which takes back what was decided; the pair stays in review.
    """
    word = "unsure" if undo or unsure else "same"
    undo = undo and not unsure
    return _decide(word, left, right, decisions, why, by, (source, column, read), undo=undo)


def unlink(
    left: str,
    right: str,
    *,
    decisions: File = Path("decisions.csv"),
    why: str = "",
    by: str | None = None,
    source: From = (),
    column: Column = (),
    read: Read = (),
    undo: Flag = False,
) -> int:
    """Decide that LEFT and RIGHT are two businesses.

    The decision is a row in a file, which counts where `aggregator reconcile --decisions` names that file.

    Parameters
    ----------
    left: str
        A record: its key as reports show it, or ACCOUNT:ID, such as crux:acme:757c, or left:2 of left.csv.
    right: str
        Another, likewise.
    decisions: Path
        The file: a row is added to it, and it is made if there is none.
    why: str
        The reason, for whoever asks later.
    by: str
        Who decides; the user of this computer if not given.
    source: Path
        A snapshot folder or table to look the records up in: then an id or a name is enough, and a typo is noticed. Can
        be given several times.
    column: str
        Which heading of a table holds what, as in `aggregator reconcile`.
    read: str
        How a table is read, as in `aggregator reconcile`.
    undo: bool
        Take back what the file says of the two, whatever it is; the pair waits for a person again. Where it says
        nothing of them, or that was taken back, nothing is written.
    """
    word = "unsure" if undo else "different"
    return _decide(word, left, right, decisions, why, by, (source, column, read), undo=undo)


def _decide(
    word: str,
    left: str,
    right: str,
    decisions: Path,
    why: str,
    by: str | None,
    lists: _Lists,
    *,
    undo: bool,
) -> int:
    from aggregator.reconcile.decisions.decisions_file import add_ruling, take_back  # noqa: PLC0415 - keeps --help quick
    from aggregator.reconcile.decisions.rulings import Verdict, ruling  # noqa: PLC0415
    from aggregator.reconcile.sources import readable  # noqa: PLC0415

    left, right, why = map(readable, (left, right, why))  # as lists whose names are of other letters are called
    known = _known(*lists)
    if known is None:
        _refuse_bare(left, right)
        one, other = left, right
    else:
        one, other = known.choose(left), known.choose(right)
    said = ruling(one, other, Verdict(word), by=readable(user_name() if by is None else by), why=why)
    added = (take_back if undo else add_ruling)(decisions, said, find=None if known is None else known.find)
    if added is None:
        say_note(f"{one} and {other}: {decisions} holds nothing of them to take back. Nothing was written.")
        return 0
    count = len(added.rows)
    say_note(f"{one} and {other}: {word}. {decisions} holds {count:,} {'decision' if count == 1 else 'decisions'}.")
    return 0


def _known(sources: tuple[Path, ...], columns: tuple[str, ...], reading: tuple[str, ...]) -> References | None:
    """Return the records of the lists; None if none are named."""
    if not sources:
        return None
    from aggregator.cli.reconcile import say_names  # noqa: PLC0415 - keeps --help quick
    from aggregator.reconcile.account_views import view_accounts  # noqa: PLC0415
    from aggregator.reconcile.references import References  # noqa: PLC0415
    from aggregator.reconcile.sources import open_sources  # noqa: PLC0415

    given = open_sources(sources, columns, reading)
    say_names(given)
    views = view_accounts(given.read().snapshot)
    return References(entry for view in views for entry in view.entries)


def _refuse_bare(*names: str) -> None:
    """Refuse an id alone: without lists to look it up in, the decision would be about nobody, and obeyed for nobody."""
    for name in names:
        if name.strip() and ":" not in name:
            raise ConfigurationError(
                f"{name!r} does not say on which account.", hint="Write ACCOUNT:ID, or name the lists: --in left.csv."
            )


def user_name() -> str:
    """Return who uses this computer; empty if nobody has a name."""
    try:
        return getuser()
    except (KeyError, OSError):  # a container may run as a user without a name
        return ""
