"""The schema reader: any JSON makes a row or one kind of error, and a fault costs no more than itself."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from attrs import field, frozen
from cattrs import BaseValidationError
from hypothesis import given
from hypothesis import strategies as st

from aggregator.adapter import DriftCount, Unreadable
from aggregator.adapter.compiled import _shapes_of, compiled
from aggregator.adapter.kinds import LooseBool, LooseInt, LooseText, OneOrMany, TextId
from aggregator.adapter.repair import GONE, pruned, steps_of, without
from aggregator.adapter.schema import Schema, _converter, count_unknown_keys, said


@frozen(kw_only=True)
class Leaf:
    code: str
    count: int | None = None


@frozen(kw_only=True)
class Town:
    name: str

    @classmethod
    def from_text(cls, text: str) -> Town:
        return cls(name=text)


@frozen(kw_only=True)
class Row:
    id: TextId
    name: str | None = None
    amount: Decimal | None = None
    flag: bool = False
    loose: LooseBool | None = None
    count: LooseInt | None = None
    code: LooseText | None = None
    tags: tuple[str, ...] = ()
    gaps: tuple[LooseInt | None, ...] = ()
    leaf: Leaf | None = None
    leaves: tuple[Leaf, ...] | None = None
    many: OneOrMany[Leaf] = ()
    town: Town | None = None
    extra: Mapping[str, Any] | None = None
    anything: Any = None


ROW = Schema(Row, matters=("leaf.code",))
LENIENT = Schema(Row)

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(),
    st.text(max_size=5),
    st.sampled_from(["true", '"false"', "7"]),
)
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from([*Row.__annotations__, "code", "count", "x.y", "a[0]", ""]), inner, max_size=6),
    ),
    max_leaves=25,
)


def read(raw: Any, schema: Schema[Row] = LENIENT) -> tuple[Row, DriftCount]:
    drift = DriftCount()
    return schema.read(raw, drift), drift


@given(anything)
def test_any_json_is_a_row_or_unreadable(raw: Any) -> None:
    """Arbitrary JSON either makes a row or raises Unreadable with a path, and is itself left as it was."""
    before = copy.deepcopy(raw)
    for schema in (ROW, LENIENT):
        try:
            schema.read(raw, DriftCount())
        except Unreadable as error:
            assert all(" @ $" in one for one in error.errors)  # noqa: PT017 - either outcome is right
    assert repr(raw) == repr(before)


@frozen(kw_only=True, slots=False)
class Bare:
    """A class that is filled by hand: no slots, and None wherever nothing comes."""

    id: TextId
    name: str | None = None
    amount: Decimal | None = None
    count: LooseInt | None = None
    leaf: Leaf | None = None
    leaves: tuple[Leaf, ...] | None = None
    town: Town | None = None
    extra: Mapping[str, Any] | None = None
    anything: Any = None


@pytest.mark.parametrize("kind", [Row, Bare])
@given(anything | st.fixed_dictionaries({"id": st.text(min_size=1)}, optional=dict.fromkeys(["name", "code"], scalars)))
def test_the_fast_reader_and_the_converter_agree(kind: Any, raw: Any) -> None:
    """What the generated reader takes, the converter reads to the same row; what it refuses, the converter refuses."""
    surprises: list[Any] = []
    try:
        row = compiled(kind)(raw, surprises)
    except (TypeError, ValueError, KeyError, AttributeError):
        with pytest.raises((BaseValidationError, TypeError)):
            _converter().structure(raw, kind)
        return
    assert repr(row) == repr(_converter().structure(raw, kind))
    drift = DriftCount()
    count_unknown_keys(raw, kind, drift)
    assert bool(surprises) == bool(drift.unknown_keys)


@pytest.mark.parametrize("most", [0, 100])
def test_rows_read_the_same_whether_their_keys_are_known_or_come_in_too_many_orders(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A platform that writes its keys in ever another order costs no memory, and each row is read right."""
    monkeypatch.setattr("aggregator.adapter.shapes.MOST_SHAPES", most)
    shapes = _shapes_of.__wrapped__(Bare)
    values = {"id": 7, "name": "n", "leaf": {"code": "k"}, "leaves": [{"code": "l", "count": 2}], "new": 1}
    due = Bare(id=TextId("7"), name="n", leaf=Leaf(code="k"), leaves=(Leaf(code="l", count=2),))
    for keys in permutations(values):
        surprises: list[Any] = []
        assert shapes.read({key: values[key] for key in keys}, surprises) == due
        assert len(surprises) == 1
    assert len(shapes.known) == most


def test_no_reader_is_made_for_an_object_of_many_unknown_keys() -> None:
    """An object of a thousand keys that nobody documents is read without a function of its own."""
    shapes = _shapes_of.__wrapped__(Bare)
    row = shapes.read({"id": "7", **{f"k{number}": number for number in range(1000)}}, [])
    assert row == Bare(id=TextId("7"))
    assert shapes.known == {}


def _loud(text: str | None) -> str | None:
    return text and text.upper()


def test_a_class_that_does_more_than_hold_its_fields_is_made_by_its_own_hand() -> None:
    """Converters, validators and hooks of a class are not passed over."""

    @frozen(kw_only=True, slots=False)
    class Checked:
        name: str | None = field(default=None, converter=_loud)

    @frozen(kw_only=True, slots=False)
    class Hooked:
        name: str | None = None

        def __attrs_post_init__(self) -> None:
            raise ValueError("seen")

    @frozen(kw_only=True, slots=False, init=False)
    class Written:
        name: str | None = None

        def __init__(self, *, name: str) -> None:
            object.__setattr__(self, "name", name.upper())

    assert compiled(Checked)({"name": "a"}, []).name == "A"
    assert compiled(Written)({"name": "a"}, []).name == "A"
    with pytest.raises(ValueError, match="seen"):
        compiled(Hooked)({"name": "a"}, [])


@frozen(kw_only=True)
class Category:
    name: str
    below: tuple[Category, ...] = ()


def test_an_object_without_a_key_is_a_row_where_none_is_required() -> None:
    """Of nothing but defaults."""

    @frozen(kw_only=True, slots=False)
    class Loose:
        name: str | None = None

    assert Schema(Loose).read({}, DriftCount()) == Loose()


def test_a_class_can_hold_itself() -> None:
    """A tree is read to its leaves, and an unknown key is counted where it stands."""
    drift = DriftCount()
    tree = Schema(Category).read({"name": "a", "below": [{"name": "b", "below": [{"name": "c", "new": 1}]}]}, drift)
    assert tree.below[0].below[0].name == "c"
    assert drift.unknown_keys == {"$.below[].below[].new": 1}


@given(st.fixed_dictionaries({}, optional={name: anything for name in Row.__annotations__ if name != "id"}))
def test_faults_in_fields_that_do_not_matter_never_cost_the_row(raw: dict[str, Any]) -> None:
    """A row with a good id is read whatever stands in its other fields, and everything set aside is counted."""
    raw = {**raw, "id": "a-7"}
    row, _ = read(raw)
    assert row.id == "a-7"


@pytest.mark.parametrize(
    ("raw", "field", "value", "noted"),
    [
        ({"tags": "abc"}, "tags", (), "an array was due, text came @ $.tags"),
        ({"tags": None}, "tags", (), "an array was due, null came @ $.tags"),
        ({"tags": ["x", 3, "y"]}, "tags", ("x", "y"), "text was due, a number came @ $.tags[]"),
        ({"flag": None}, "flag", False, "true or false was due, null came @ $.flag"),
        ({"flag": "yes"}, "flag", False, "true or false was due, text came @ $.flag"),
        ({"leaf": {}}, "leaf", None, "required field 'code' is missing @ $.leaf.code"),
        ({"leaf": {"code": None}}, "leaf", None, "text was due, null came @ $.leaf.code"),
        (
            {"leaf": {"code": "k", "count": "x"}},
            "leaf",
            Leaf(code="k"),
            "a whole number was due, text came @ $.leaf.count",
        ),
        ({"leaf": 3}, "leaf", None, "an object was due, a number came @ $.leaf"),
        ({"name": 5}, "name", None, "text was due, a number came @ $.name"),
        ({"amount": "5"}, "amount", None, "a number was due, text came @ $.amount"),
        ({"loose": "perhaps"}, "loose", None, "true or false was due, text came @ $.loose"),
        ({"count": "five"}, "count", None, "a whole number was due, text came @ $.count"),
        ({"code": True}, "code", None, "text was due, a boolean came @ $.code"),
        ({"extra": []}, "extra", None, "an object was due, an array came @ $.extra"),
        ({"town": 5}, "town", None, "an object was due, a number came @ $.town"),
        ({"many": 5}, "many", (), "an array was due, a number came @ $.many"),
    ],
)
def test_a_fault_costs_its_own_value_and_is_counted(raw: dict[str, Any], field: str, value: object, noted: str) -> None:
    """A value of the wrong type is set aside, its default stands in, and the count says what and where."""
    row, drift = read({"id": "1", **raw})
    assert getattr(row, field) == value
    assert drift.notes[f"set aside: {noted}"] == 1


@pytest.mark.parametrize("code", [1234, Decimal("1.50"), "01234"])
def test_a_fault_leaves_everything_else_as_it_is_without_one(code: object) -> None:
    """A row with one fault is read by other code than one without, and to the same values."""
    sound: dict[str, Any] = {
        "id": 12,
        "amount": Decimal("0.10"),
        "flag": True,
        "loose": False,
        "count": 5,
        "code": code,
        "tags": ["x"],
        "gaps": [1, None, "2"],
        "leaf": {"code": "k", "count": 2},
        "many": {"code": "one"},
        "town": "Provo",
        "extra": {"a": [1]},
    }
    calm, _ = read(sound)
    faulty, drift = read({**sound, "name": 5})
    assert faulty == calm
    assert calm.gaps == (1, None, 2)
    assert sum(drift.notes.values()) == 1


def test_faults_in_one_array_do_not_touch_the_neighbours() -> None:
    """Items that cannot be read are taken out one by one; the others stay, in their order, with their own values."""
    leaves = [{"code": "a"}, {"count": "x"}, {"code": "b", "count": 2}, None, {"code": "c", "count": "y"}, {}]
    row, drift = read({"id": "1", "leaves": leaves})
    assert row.leaves == (Leaf(code="a"), Leaf(code="b", count=2), Leaf(code="c"))
    assert drift.notes["set aside: required field 'code' is missing @ $.leaves[].code"] == 2


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (None, "an object was due, null came @ $"),
        ([], "an object was due, an array came @ $"),
        ("x", "an object was due, text came @ $"),
        ({}, "required field 'id' is missing @ $.id"),
        ({"id": None}, "an id was due, null came @ $.id"),
        ({"id": " "}, "an id was due, text came @ $.id"),
        ({"id": True}, "an id was due, a boolean came @ $.id"),
        ({"id": "1", "leaf": {"code": 5}}, "text was due, a number came @ $.leaf.code"),
        ({"id": "1", "leaf": {}}, "required field 'code' is missing @ $.leaf.code"),
        ({"id": "1", "leaf": 5}, "an object was due, a number came @ $.leaf"),
    ],
)
def test_a_fault_in_a_field_that_matters_costs_the_row(raw: Any, complaint: str) -> None:
    """A missing or wrong value that must not be guessed at makes the row unreadable, with path and reason."""
    with pytest.raises(Unreadable) as caught:
        read(raw, ROW)
    assert complaint in caught.value.errors


def test_what_is_missing_beside_a_field_that_matters_costs_the_row() -> None:
    """An object that has to go because it lacks something takes no field that matters along."""
    counts = Schema(Row, matters=("leaf.count",))
    with pytest.raises(Unreadable) as caught:
        read({"id": "1", "leaf": {"code": 5, "count": 2}}, counts)
    assert caught.value.errors == ("required field 'code' is missing @ $.leaf.code",)


def test_a_row_that_takes_too_many_repairs_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each repair can bring another fault to light; there is an end to it, and the row is not lost."""
    row = {"id": "1", "leaf": {"code": 5}}  # without its code, which is required, the leaf goes too
    assert read(row)[0].leaf is None
    monkeypatch.setattr("aggregator.adapter.schema._MOST_REPAIRS", 1)
    with pytest.raises(Unreadable, match="too many fields of the wrong type @"):
        read(row)


def test_a_kind_that_nothing_can_read_is_a_mistake_in_the_schema() -> None:
    """An author hears of it with the first row, not by a value that is quietly missing."""

    @frozen(kw_only=True)
    class Odd:
        when: frozenset[str]

    with pytest.raises(NotImplementedError, match="frozenset"):
        Schema(Odd).read({"when": []}, DriftCount())


@pytest.mark.parametrize(
    ("field", "sent", "value"),
    [
        ("id", 12, "12"),
        ("loose", '"false"', False),
        ("loose", " TRUE ", True),
        ("loose", True, True),
        ("count", "-12", -12),
        ("count", 5, 5),
        ("code", 1234, "1234"),
        ("code", Decimal("12.50"), "12.50"),
        ("code", "01234", "01234"),
        ("amount", 3, Decimal(3)),
        ("amount", Decimal("0.10"), Decimal("0.10")),
        ("many", {"code": "one"}, (Leaf(code="one"),)),
        ("many", [{"code": "one"}], (Leaf(code="one"),)),
        ("town", "Provo", Town(name="Provo")),
        ("town", {"name": "Provo"}, Town(name="Provo")),
        ("extra", {"a": [1]}, {"a": [1]}),
        ("anything", [None, {"a": 1}], [None, {"a": 1}]),
    ],
)
def test_what_a_vendor_sends_in_two_forms_is_read_in_both(field: str, sent: Any, value: Any) -> None:
    """The forms that documents and examples disagree about mean the same."""
    row, drift = read({"id": "1", field: sent})
    assert getattr(row, field) == value
    assert type(getattr(row, field)) is type(value)
    assert not drift.notes


def test_unknown_keys_are_counted_by_path_and_kept_out() -> None:
    """Keys that no document names are counted where they stand, those inside arrays without an index."""
    _, drift = read({"id": "1", "new": 1, "leaf": {"code": "a", "x": 1}, "leaves": [{"code": "a", "y": 1}] * 2})
    assert drift.unknown_keys == {"$.new": 1, "$.leaf.x": 1, "$.leaves[].y": 2}


@pytest.mark.parametrize("raw", [None, 5, "x", [5, None]])
def test_counting_keys_passes_over_what_has_none(raw: Any) -> None:
    """Only objects have keys to count."""
    drift = DriftCount()
    count_unknown_keys(raw, Row, drift)
    assert not drift.unknown_keys


def test_nesting_too_deep_is_unreadable() -> None:
    """An object nested beyond what can be walked costs its row, not the run."""
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(Unreadable, match="too deep"):
        read({"id": "1", "name": 5, "anything": deep})
    while deep:  # taken apart by hand: not even the interpreter could
        deep = deep[0]


@given(
    anything,
    st.lists(st.one_of(st.integers(0, 3), st.sampled_from(["id", "leaf", "code", "x.y"])), min_size=1, max_size=4),
)
def test_taking_out_changes_nothing_else(raw: Any, steps: list[str | int]) -> None:
    """What is taken out is gone, what is not there is said to be, and the original stays as it was."""
    before = repr(raw)
    try:
        left = without(raw, steps)
    except IndexError:
        return
    assert repr(raw) == before
    if left is not GONE:
        assert repr(pruned(left)) != before


def test_paths_are_read_back_out_of_complaints() -> None:
    """Keys and indices come out of a complaint as they went in, whatever the complaint says before them."""
    assert steps_of("required @ $ thing @ $.leaves[12].code") == ["leaves", 12, "code"]
    assert steps_of("it failed @ $['odd key']") == ["odd key"]
    assert steps_of("an object was due @ $") == []
    assert steps_of("no path at all") == []


@pytest.mark.parametrize(("value", "kept"), [("a", "a"), ("", None), (" ", None), (None, None), (" a ", " a ")])
def test_ways_of_saying_nothing_are_nothing(value: str | None, kept: str | None) -> None:
    """An empty or blank text is no value."""
    assert said(value) == kept
