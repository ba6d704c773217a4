"""Model objects of every kind, made up by hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, get_type_hints

from attrs import fields
from hypothesis import strategies as st

from aggregator.model import (
    AccessRole,
    Activity,
    Address,
    Allocation,
    Connection,
    Contact,
    Coverage,
    Drift,
    Failure,
    Fees,
    Identifier,
    LineItem,
    Membership,
    Order,
    OrderParty,
    Organization,
    Rejected,
    RequestedShipping,
    Source,
    Subscription,
    Tracking,
)
from aggregator.model.raw import freeze

texts = st.text(max_size=20)
times = st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
amounts = st.decimals(allow_nan=False, allow_infinity=False)

# What a vendor can send: any JSON, lone surrogates included; a number with a fraction is a Decimal.
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | amounts.filter(lambda one: "." in str(one) or "E" in str(one))
    | st.text(st.characters(), max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=10,
)
raws = st.dictionaries(texts, json_values, max_size=4).map(freeze)


def made(kind: Any, **known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Objects of an attrs class, each field by its declared type, or as `known`."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{one.name: known.get(one.name, st.from_type(hints[one.name])) for one in fields(kind)})


# A number of days can be no infinity: JSON has none.
days = st.floats(min_value=0, max_value=1e6)

for _kind, _strategy in {str: texts, datetime: times, Decimal: amounts, float: days}.items():
    st.register_type_strategy(_kind, _strategy)
# Those that hold others come after them.
for _kind in (
    Contact,
    Address,
    Identifier,
    Subscription,
    Activity,
    OrderParty,
    Fees,
    RequestedShipping,
    Failure,
    Source,
    Allocation,
    Tracking,
    LineItem,
):
    st.register_type_strategy(_kind, made(_kind))

organizations = made(Organization, raw=raws)
st.register_type_strategy(Organization, organizations)
records = st.one_of(
    organizations,
    made(Connection, raw=raws),
    made(Order, raw=raws),
    made(Membership, raw=raws),
    made(AccessRole, raw=raws),
)
coverages = made(Coverage)
rejects = made(Rejected, raw=json_values)
drifts = made(Drift)
