"""Shapes as GeoJSON text: seven digits, right orientation, nothing for nothing."""

import json

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from api.geojson import Identified, feature, feature_collection, geometry_texts

degrees = st.floats(-180, 180, allow_nan=False)


class Thing(Identified):
    """A thing with a name."""

    name: str | None


@given(st.lists(st.tuples(degrees, degrees), min_size=2, max_size=30))
def test_numbers_have_seven_digits_and_no_noise(points: list[tuple[float, float]]) -> None:
    """Each is the shortest text of the coordinate rounded to seven digits."""
    (text,) = geometry_texts([shapely.LineString(points)])
    written = json.loads(text)["coordinates"]
    expected = [[round(x, 7), round(y, 7)] for x, y in points]
    assert np.allclose(written, expected, rtol=0, atol=1e-7)
    for number in (number for point in written for number in point):
        assert repr(round(number, 7)) == repr(number)


def test_the_writers_own_noise_is_taken_off() -> None:
    """20.9375038 comes as 20.937503800000002 out of GEOS."""
    assert geometry_texts([shapely.Point(20.9375038, 1)]) == [
        '{"type":"Point","coordinates":[20.9375038,1.0]}'
    ]


def test_rings_run_as_the_standard_asks() -> None:
    """Outside counterclockwise, holes clockwise (RFC 7946 §3.1.6), whatever was stored."""
    shell, hole = [(0, 0), (0, 4), (4, 4), (4, 0)], [(1, 1), (2, 1), (2, 2), (1, 2)]
    (text,) = geometry_texts([shapely.Polygon(shell, [hole])])
    rings = json.loads(text)["coordinates"]
    assert [shapely.LinearRing(ring).is_ccw for ring in rings] == [True, False]


def test_no_shape_is_null() -> None:
    """A thing without a boundary has a feature all the same."""
    assert geometry_texts([]) == []
    assert geometry_texts([None]) == ["null"]
    found = json.loads(feature(Thing(id="x", name=None), None))
    assert found == {
        "type": "Feature",
        "id": "x",
        "geometry": None,
        "properties": {"id": "x", "name": None},
    }


def test_names_are_escaped_as_json() -> None:
    """Quotes, backslashes and line ends of names and ids come back as they were."""
    name = 'C:\\2019 "x" </script> ${y} `z` \u2028\n'
    things = [Thing(id=name, name=name), Thing(id="b", name="Đà Bắc")]
    text = feature_collection(Thing(id="head", name=None), things, [None, shapely.Point(1, 2)])
    found = json.loads(text)
    assert found["features"][0]["id"] == found["features"][0]["properties"]["name"] == name
    assert found["features"][1]["geometry"]["coordinates"] == [1, 2]
    assert (found["type"], found["id"]) == ("FeatureCollection", "head")
