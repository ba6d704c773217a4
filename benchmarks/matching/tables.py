"""The results as tables in plain text, which are Markdown too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.matching.registry import OURS, Tool


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, its columns aligned."""
    cells = [list(heads), *(list(row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    return "\n".join([lines[0], "| " + " | ".join("-" * width for width in widths) + " |", *lines[1:]])


def accuracy(rows: Sequence[dict[str, Any]]) -> str:
    """F1 of every tool on every set: at its shipped threshold, and in brackets at the best one."""
    sets, tools = list(dict.fromkeys(row["set"] for row in rows)), list(dict.fromkeys(row["tool"] for row in rows))
    found = {(row["tool"], row["set"]): row for row in rows}
    body = [[tool, *(_f1(found.get((tool, name), {}), tool) for name in sets)] for tool in tools]
    return table(["F1 as shipped (best, at)", *sets], body)


def _f1(row: dict[str, Any], tool: str) -> str:
    if "f1_default" not in row:
        return "-"
    flattered = "*" if tool == OURS and row.get("in_sample") else ""
    return f"{row['f1_default']:.3f}{flattered} ({row['f1_best']:.3f} at {row['best_threshold']:.2f})"


def ours(rows: Sequence[dict[str, Any]]) -> str:
    """What only ours is asked."""
    heads = [
        "ours",
        "calibration error",
        "match: precision",
        "coverage",
        "recall, a tenth reviewed",
        "true pairs scored",
    ]
    keys = ("calibration_error", "match_precision", "match_coverage", "recall_reviewed", "true_pairs_scored")
    mine = [row for row in rows if keys[0] in row]
    return table(heads, [[_whose(row), *(f"{row[key]:.3f}" if key in row else "-" for key in keys)] for row in mine])


def _whose(row: dict[str, Any]) -> str:
    return f"{row['set']}{'*' if row['in_sample'] else ''}{'' if row['tool'] == OURS else ', ' + row['tool']}"


def failures(rows: Sequence[dict[str, Any]]) -> str:
    """What gave no result, and why."""
    return "\n".join(
        f"- {row['tool']}, {row.get('set') or format(row['size'], ',')}: {row['failure']}"
        for row in rows
        if "failure" in row
    )


def speed(rows: Sequence[dict[str, Any]]) -> str:
    """Time, memory and F1, with the ratios to two others."""
    body = []
    for row in rows:
        ratios = row.get("ratios", {})
        body.append([
            f"{row['size']:,}",
            f"{row['tool']}, from {row['sample']:,} rows" if "sample" in row else row["tool"],
            *_cost(row),
            *(f"{ratios[base]:.2f}" if base in ratios else "-" for base in ("3-gram cosine", "Splink")),
            f"{row['f1_best']:.3f}" if "f1_best" in row else "-",
            f"{row['f1_default']:.3f}" if "f1_default" in row else "-",
        ])  # fmt: skip
    return table(
        [
            "rows a side",
            "tool",
            "time",
            "processor time",
            "peak memory",
            "time / cosine",
            "time / Splink",
            "best F1",
            "F1 as shipped",
        ],
        body,
    )


def _cost(row: dict[str, Any]) -> list[str]:
    """Time, processor time and memory; of what was ended, how far it had come."""
    if "seconds" not in row:
        return ["-", "-", "-"]
    more = "> " if "failure" in row else ""
    return [
        f"{more}{row['seconds']:.1f} s",
        f"{more}{row['processor_seconds']:.1f} s",
        f"{more}{row['peak_mib']:,.0f} MiB",
    ]


def world(found: dict[str, Any]) -> str:
    """Our matcher on the world, sliced by cause."""
    if "failure" in found:
        return f"failed: {found['failure']}"
    sited = found["with_domains"]
    lines = [
        f"{found['partners']:,} businesses, seed {found['seed']}, all three pairs of platforms.",
        _counted("All pairs", found["all"]),
        _counted("Without houses with many accounts", found["without_hubs"]),
        (
            f"A web domain on both sides, without those houses: {sited['pairs']:,} true pairs, recall"
            f" {sited['recall_at_99']:.4f} at precision .99; joined {sited['match_recall']:.4f} at precision"
            f" {sited['match_precision']:.4f}."
        ),
        f"Wrong matches by how the two businesses are related: {found['false_matches']['by_relation'] or 'none'}",
        "",
    ]
    body = [
        [cause, f"{one['pairs']:,}", f"{one['joined']:.3f}", f"{one['joined_or_review']:.3f}"]
        for cause, one in found["by_cause"].items()
    ]
    return "\n".join(lines) + table(["cause", "true pairs", "joined", "joined or for review"], body)


def _counted(what: str, found: dict[str, Any]) -> str:
    return (
        f"{what}: {found['pairs_there_are']:,} true pairs; {found['joined']:,} joined,"
        f" precision {found['precision']:.4f}, recall {found['recall']:.4f};"
        f" {found['left_for_review']:,} left for review, {found['of_these_true']:,} of them true."
    )


def notes(tools: Sequence[Tool], versions: dict[str, str]) -> str:
    """What each tool is, and how it was run."""
    return "\n".join(f"- **{tool.name}** ({versions.get(tool.name, 'not installed')}): {tool.note}" for tool in tools)
