"""Reference systems: the pinned datum operation, refusals, planar and geodesic areas."""

import math

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from gis.crs import (
    VN2000_GEOGRAPHIC,
    VN2000_ZONES,
    WGS84,
    Located,
    area_m2,
    check_range,
    geodesic_area_m2,
    geodesic_areas_m2,
    is_projected,
    require_same,
    require_supported,
    to_crs,
    to_crs_array,
)
from gis.errors import CrsProblem
from tests.gis.zoo import SOUND, sound
from tests.properties import FEW, MANY

HOA_BINH = 9211
GEOD = pyproj.Geod(ellps="WGS84")
#: DOMAIN §5: E 430898.42 N 2302836.49 in 9211 is 20.817 N 105.338 E.
SAMPLE = (430_898.42, 2_302_836.49)


def moved(x: float, y: float, source: int, target: int) -> tuple[float, float]:
    """Bring a point into another system."""
    point = to_crs(Located(shapely.Point(x, y), source), target).geometry
    return float(shapely.get_x(point)), float(shapely.get_y(point))


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two places in degrees, in metres on the ellipsoid."""
    return float(GEOD.inv(*one, *other)[2])


def plot(lon: float, lat: float, area: float, zone: int = HOA_BINH) -> Located:
    """Return a square of a planar area around a place, in a zone."""
    x, y = moved(lon, lat, WGS84, zone)
    half = math.sqrt(area) / 2
    return Located(shapely.box(x - half, y - half, x + half, y + half), zone)


# --- golden points -------------------------------------------------------------------------------


def test_the_sample_point() -> None:
    """20.817 N 105.338 E is E 430898.42 N 2302836.49: the published centimetres come out."""
    east, north = moved(105.338, 20.817, WGS84, HOA_BINH)
    assert (round(east, 2), round(north, 2)) == SAMPLE
    assert (east, north) == pytest.approx((430_898.4208, 2_302_836.4930), abs=0.0005)


def test_the_sample_point_back() -> None:
    """EPSG's own operation "VN-2000 to WGS 84 (2)" gives the same place, to far below 1 mm."""
    published = pyproj.Transformer.from_pipeline("urn:ogc:def:coordinateOperation:EPSG::6960")
    lon, lat = moved(*SAMPLE, HOA_BINH, VN2000_GEOGRAPHIC)
    north, east = published.transform(lat, lon)[:2]
    assert metres_between((east, north), moved(*SAMPLE, HOA_BINH, WGS84)) < 1e-7


@pytest.mark.parametrize("zone", VN2000_ZONES)
def test_every_zone_is_the_projection_of_the_registry(zone: int) -> None:
    """Meridian, scale and false easting of each EPSG code, to a tenth of a millimetre."""
    lon, lat = VN2000_ZONES[zone] + 0.4, 18.25
    registry = pyproj.Transformer.from_crs(VN2000_GEOGRAPHIC, zone, always_xy=True)
    ours = moved(lon, lat, VN2000_GEOGRAPHIC, zone)
    assert ours == pytest.approx(registry.transform(lon, lat), abs=1e-4)


@pytest.mark.parametrize(
    ("zone", "error_km"), [(9210, 26.0), (9209, 52.0), (5897, 104.1), (9208, 130.1)]
)
def test_a_wrong_meridian_is_a_silent_error_of_kilometres(zone: int, error_km: float) -> None:
    """Plausible coordinates in another zone lie 26 to 130 km off (DOMAIN §5)."""
    true, wrong = moved(*SAMPLE, HOA_BINH, WGS84), moved(*SAMPLE, zone, WGS84)
    assert metres_between(true, wrong) / 1000 == pytest.approx(error_km, abs=0.1)


def test_the_datum_shift_is_223_94_m() -> None:
    """What leaving it out would cost, and what it must therefore be."""
    shifted = moved(*SAMPLE, HOA_BINH, WGS84)
    unshifted = moved(*SAMPLE, HOA_BINH, VN2000_GEOGRAPHIC)
    assert metres_between(shifted, unshifted) == pytest.approx(223.94, abs=0.01)


def test_the_older_epsg_operation_is_not_the_pinned_one() -> None:
    """EPSG 5194, "VN-2000 to WGS 84 (1)", lies 0.69 m off (DOMAIN §5)."""
    older = pyproj.Transformer.from_pipeline("urn:ogc:def:coordinateOperation:EPSG::5194")
    lon, lat = moved(*SAMPLE, HOA_BINH, VN2000_GEOGRAPHIC)
    north, east = older.transform(lat, lon)[:2]
    off = metres_between((east, north), moved(*SAMPLE, HOA_BINH, WGS84))
    assert off == pytest.approx(0.69, abs=0.01)


# --- moving shapes -------------------------------------------------------------------------------


def test_the_same_system_gives_the_same_object() -> None:
    """No round trip through degrees where none is needed."""
    located = plot(105.338, 20.817, 100.0)
    assert to_crs(located, HOA_BINH) is located
    shapes = np.array([located.geometry], dtype=object)
    assert to_crs_array(shapes, HOA_BINH, HOA_BINH) is shapes


@pytest.mark.parametrize("wkt", ["POINT EMPTY", "POLYGON EMPTY", "MULTIPOLYGON EMPTY"])
def test_empty_shapes_stay_empty(wkt: str) -> None:
    """Nothing to move is no error."""
    empty = to_crs(Located(shapely.from_wkt(wkt), HOA_BINH), WGS84)
    assert empty.geometry.is_empty
    assert empty.epsg == WGS84


def test_heights_are_dropped_on_the_way() -> None:
    """The register is plane."""
    point = Located(shapely.Point(*SAMPLE, 25.0), HOA_BINH)
    assert not to_crs(point, WGS84).geometry.has_z


def test_an_array_is_moved_as_each_shape_alone() -> None:
    """The same coordinates to the last bit; missing shapes stay missing."""
    shapes = [plot(105.3, 20.8, 100.0).geometry, plot(105.9, 20.5, 5e5).geometry, None]
    together = to_crs_array(np.array(shapes, dtype=object), HOA_BINH, WGS84)
    for shape, found in zip(shapes[:2], together[:2], strict=True):
        assert shape is not None
        assert found.equals_exact(to_crs(Located(shape, HOA_BINH), WGS84).geometry, 0)
    assert together[2] is None


PLACES = st.tuples(st.floats(102.2, 109.4), st.floats(8.3, 23.4))


@FEW
@given(place=PLACES, zone=st.sampled_from(sorted(VN2000_ZONES)))
def test_there_and_back_is_where_one_began(place: tuple[float, float], zone: int) -> None:
    """Any place of the country through any zone, to two millimetres.

    No closer, as in PROJ: the seven parameters turn in space, and the height that they give to a
    point of the plane is dropped.
    """
    back = moved(*moved(*place, WGS84, zone), zone, WGS84)
    assert metres_between(place, back) < 0.002


@FEW
@given(place=PLACES, zone=st.sampled_from(sorted(VN2000_ZONES)))
def test_within_the_datum_there_and_back_is_exact(place: tuple[float, float], zone: int) -> None:
    """Between a zone and VN-2000's own degrees no datum shift loses anything."""
    back = moved(*moved(*place, VN2000_GEOGRAPHIC, zone), zone, VN2000_GEOGRAPHIC)
    assert metres_between(place, back) < 1e-6


@FEW
@given(place=PLACES, one=st.sampled_from(sorted(VN2000_ZONES)), other=st.sampled_from([9208, 9211]))
def test_the_way_between_zones_does_not_matter(
    place: tuple[float, float], one: int, other: int
) -> None:
    """Straight from zone to zone, or by way of WGS84: the same point, to 2 mm."""
    start = moved(*place, WGS84, one)
    detour = moved(*moved(*start, one, WGS84), WGS84, other)
    assert moved(*start, one, other) == pytest.approx(detour, abs=0.002)


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize("epsg", [3857, 32648, 4328, 0, -1])
def test_other_systems_are_refused(epsg: int) -> None:
    """Mercator, UTM and what is no system: with the systems that we do know (THREATS 11)."""
    with pytest.raises(CrsProblem) as caught:
        require_supported(epsg)
    assert caught.value.code == "crs.unsupported"
    assert "EPSG:9211" in caught.value.facts["choices"]
    with pytest.raises(CrsProblem):
        Located(shapely.Point(1, 1), epsg)
    with pytest.raises(CrsProblem):
        to_crs(plot(105.3, 20.8, 1.0), epsg)


@pytest.mark.parametrize(
    ("x", "y", "epsg"), [(20.5, 106.3, WGS84), (SAMPLE[1], SAMPLE[0], HOA_BINH)]
)
def test_swapped_axes_are_recognised(x: float, y: float, epsg: int) -> None:
    """Latitude first, or X = north first: the answer says what would fit (THREATS 9)."""
    with pytest.raises(CrsProblem) as caught:
        check_range(Located(shapely.Point(x, y), epsg))
    assert caught.value.code == "crs.axes_swapped"
    assert caught.value.facts["at"] == [x, y]


@pytest.mark.parametrize(
    ("x", "y", "epsg"),
    [
        (*SAMPLE, WGS84),
        (105.338, 20.817, HOA_BINH),
        (11_726_000.0, 2_370_000.0, HOA_BINH),
        (0.0, 0.0, HOA_BINH),
    ],
)
def test_coordinates_of_another_system_are_out_of_range(x: float, y: float, epsg: int) -> None:
    """Metres called degrees, degrees called metres, Mercator (THREATS 10)."""
    with pytest.raises(CrsProblem) as caught:
        to_crs(Located(shapely.Point(x, y), epsg), 9208)
    assert caught.value.code == "crs.out_of_range"


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_out_of_range(value: float) -> None:
    """NaN and infinity are refused, and the refusal itself is plain JSON (THREATS 7)."""
    with pytest.raises(CrsProblem) as caught:
        check_range(Located(shapely.Point(value, 20.0), WGS84))
    assert caught.value.code == "crs.out_of_range"
    assert caught.value.facts["at"] == [None, 20.0]


@pytest.mark.parametrize("place", [(16.0, 0.0), (-100.0, 10.0), (-74.0, 89.9), (0.0, 0.0)])
def test_places_beyond_a_zone_are_refused(place: tuple[float, float]) -> None:
    """On the other side of the world the projection fails, or answers nonsense."""
    far = shapely.Point(place)
    with pytest.raises(CrsProblem) as caught:
        to_crs(Located(far, WGS84), HOA_BINH)
    assert caught.value.code == "crs.out_of_range"
    assert caught.value.facts == {"at": list(place), "epsg": HOA_BINH}
    with pytest.raises(CrsProblem):
        to_crs_array(np.array([shapely.Point(105, 20), far], dtype=object), WGS84, HOA_BINH)


def test_zero_is_a_coordinate() -> None:
    """0.0 in degrees is a place and stays it (THREATS 12)."""
    check_range(Located(shapely.Point(0.0, 0.0), WGS84))
    assert moved(0.0, 0.0, WGS84, WGS84) == (0.0, 0.0)


def test_shapes_of_two_systems_do_not_meet() -> None:
    """A mismatch raises and names both."""
    one, other = plot(105.3, 20.8, 1.0), plot(105.3, 20.8, 1.0, 9208)
    assert require_same(one, one) == HOA_BINH
    with pytest.raises(CrsProblem) as caught:
        require_same(one, other)
    assert caught.value.facts == {"left": 9211, "right": 9208}


@pytest.mark.parametrize("epsg", [WGS84, VN2000_GEOGRAPHIC])
def test_an_area_in_degrees_is_refused(epsg: int) -> None:
    """Square degrees are no area."""
    assert not is_projected(epsg)
    with pytest.raises(CrsProblem) as caught:
        area_m2(Located(shapely.box(105, 20, 106, 21), epsg))
    assert caught.value.code == "crs.degrees"


# --- areas ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lon", "lat", "difference_m2"),
    [
        (105.338, 20.817, -62.0),
        (105.08, 20.66, 20.0),
        (105.538, 20.88, -106.0),
        (105.775, 20.49, -140.0),
    ],
    ids=["Hòa Bình", "Mai Châu", "Lương Sơn", "Lạc Thủy"],
)
def test_planar_less_geodesic_area_of_75_ha(lon: float, lat: float, difference_m2: float) -> None:
    """The planar area in the local zone is the legal one; how far the ellipsoid is from it."""
    located = plot(lon, lat, 750_000.0)
    assert area_m2(located) == pytest.approx(750_000.0, abs=1e-3)
    assert area_m2(located) - geodesic_area_m2(located) == pytest.approx(difference_m2, abs=2.0)


def check_planar_against_geodesic(lon: float, lat: float, area: float, angle: float) -> None:
    """Hold a plot's two areas against the scale of the projection at its place."""
    straight = plot(lon, lat, area)
    located = Located(affinity.rotate(straight.geometry, angle), HOA_BINH)
    planar, geodesic = area_m2(located), geodesic_area_m2(located)
    assert abs(planar - geodesic) <= 2e-4 * planar
    east = shapely.get_x(located.geometry.centroid) - 500_000.0
    scale = 0.9999 * (1 + east**2 / (2 * 6_371_000.0**2))
    assert planar / geodesic == pytest.approx(scale**2, rel=2e-6)


PLOTS = {
    "lon": st.floats(104.83, 105.85),
    "lat": st.floats(20.3, 21.15),
    "area": st.floats(500.0, 1_500_000.0),
    "angle": st.floats(0.0, 90.0),
}


@FEW
@given(**PLOTS)
def test_geodesic_against_planar(lon: float, lat: float, area: float, angle: float) -> None:
    """Anywhere in former Hòa Bình: within 150 m² for 75 ha, as the projection's scale says."""
    check_planar_against_geodesic(lon, lat, area, angle)


@pytest.mark.long
@MANY
@given(**PLOTS)
def test_geodesic_against_planar_many_times(
    lon: float, lat: float, area: float, angle: float
) -> None:
    """The same, over thousands of plots."""
    check_planar_against_geodesic(lon, lat, area, angle)


@pytest.mark.parametrize("name", SOUND)
def test_areas_do_not_depend_on_how_rings_turn(name: str) -> None:
    """A hole is subtracted whichever way it turns (THREATS finding 9, row 20)."""
    shape = shapely.force_2d(affinity.translate(sound(name), *SAMPLE))
    located = Located(shape, HOA_BINH)
    assert area_m2(located) == pytest.approx(SOUND[name][1], rel=1e-6)
    assert geodesic_area_m2(located) == pytest.approx(SOUND[name][1], rel=1e-3)
    turned = Located(shape.reverse(), HOA_BINH)
    assert geodesic_area_m2(turned) == pytest.approx(geodesic_area_m2(located), rel=1e-9)


def test_a_degree_square_with_a_hole() -> None:
    """Against the ellipsoid's own count of oriented rings: 98 of 100, never 123 (finding 9)."""
    shell = shapely.box(105.0, 20.0, 105.1, 20.1)
    hole = shapely.box(105.04, 20.04, 105.05, 20.05)
    same_turn = shapely.Polygon(shell.exterior, [hole.exterior])
    expected = sum(
        sign * abs(GEOD.geometry_area_perimeter(part)[0]) for sign, part in ((1, shell), (-1, hole))
    )
    for shape in (same_turn, shell.difference(hole)):
        assert geodesic_area_m2(Located(shape, WGS84)) == pytest.approx(expected, rel=1e-12)


def test_what_is_no_region_has_no_area() -> None:
    """Empty shapes, points and lines: 0 in both ways."""
    for wkt in (
        "POLYGON EMPTY",
        "POINT (430000 2300000)",
        "LINESTRING (430000 2300000, 431000 2300000)",
    ):
        located = Located(shapely.from_wkt(wkt), HOA_BINH)
        assert area_m2(located) == geodesic_area_m2(located) == 0.0


def test_areas_of_many_shapes_are_those_of_each() -> None:
    """Parts and holes are counted to their own shape; none at all gives none."""
    shapes: list[BaseGeometry] = [
        shapely.force_2d(affinity.translate(sound(name), *SAMPLE)) for name in SOUND
    ]
    together = geodesic_areas_m2(np.array([*shapes, shapely.Polygon()], dtype=object), HOA_BINH)
    each = [geodesic_area_m2(Located(shape, HOA_BINH)) for shape in shapes]
    assert together.tolist() == pytest.approx([*each, 0.0], rel=1e-12)
    assert geodesic_areas_m2(np.array([], dtype=object), HOA_BINH).tolist() == []
