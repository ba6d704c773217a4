"""Runs every benchmark, or those named: `python -m benchmarks startup mapping`."""

from __future__ import annotations

import argparse

from benchmarks import fetch, mapping, memory, orders, report, startup

_ALL = {
    "startup": startup.main,
    "mapping": mapping.main,
    "fetch": fetch.main,
    "memory": memory.main,
    "orders": orders.main,
    "report": report.main,
}


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(_ALL)}; all of them by default")
    names = parser.parse_args().names
    if unknown := [name for name in names if name not in _ALL]:
        parser.error(f"there is no benchmark {', '.join(unknown)}: choose from {', '.join(_ALL)}")
    for name in names or _ALL:
        _ALL[name]()


if __name__ == "__main__":
    main()
