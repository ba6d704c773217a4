"""The page: one file that asks for nothing and opens from disk."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from aggregator.reconcile import CATALOGUE, Reconciliation
from aggregator.report.page_data import page_data
from aggregator.report.spread import scores, spread

if TYPE_CHECKING:
    from jinja2 import Environment

_POLICY: Final = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src data:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def render_page(reconciliation: Reconciliation) -> str:
    """Return the page of a reconciliation.

    Its script and style are named by their hashes in a Content-Security-Policy that allows nothing else, so no text
    that a platform sent can run.

    Raises:
        ImportError: Jinja2 is not installed.
    """
    script, style = assets("page")
    counted = Counter((finding.severity.value, finding.code) for finding in reconciliation.findings)
    return render(
        "page.html.jinja",
        policy=_POLICY.format(script=digest(script), style=digest(style)),
        script=script,
        style=style,
        taken_at=reconciliation.taken_at,
        coverage=reconciliation.coverage,
        several=reconciliation.several,
        partners=len(reconciliation.partners),
        matches=len(reconciliation.matches),
        review=len(reconciliation.review),
        bars=spread(reconciliation),
        bins=scores(reconciliation),
        match_from=reconciliation.match_from,
        review_from=reconciliation.review_from,
        severities=Counter(finding.severity.value for finding in reconciliation.findings),
        codes=[(severity, code, CATALOGUE[code].meaning, count) for (severity, code), count in counted.items()],
        forgiven=reconciliation.forgiven,
        data=page_data(reconciliation),
    )


def digest(text: str) -> str:
    """Return the hash of an inline script or style as a Content-Security-Policy names it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def assets(page: str) -> tuple[str, str]:
    """Return the one script and the one style of a page: what all pages share, then its own."""
    return static("shared.js") + static(f"{page}.js"), static("shared.css") + static(f"{page}.css")


def static(name: str) -> str:
    """Return the text of a file that comes with this package."""
    return resources.files(__package__).joinpath("static", name).read_text("utf-8")


def render(template: str, **values: Any) -> str:  # noqa: ANN401 - whatever a template shows
    """Return a template filled in; every value is escaped.

    Raises:
        ImportError: Jinja2 is not installed.
    """
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - an extra

    return Environment(
        loader=FunctionLoader(static), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
