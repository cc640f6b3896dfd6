-- Areas by PostGIS of the shapes in tests/golden/areas.json, as tests/golden/test_areas.py runs it.
--
-- In: table shape (id text, wkt text), coordinates in VN-2000 TM-3 106°00' (EPSG:9211), x east.
-- Out: id, planar area in m² in that zone, geodesic area in m² on the ellipsoid of WGS 84, which
-- is VN-2000's own (a = 6378137 m, 1/f = 298.257223563), so that no datum shift comes in.
--
-- PostGIS 3.3 carries no VN-2000 zone of 2018 in spatial_ref_sys: EPSG:9211 and 4756 are added
-- where missing, without a datum shift. ST_Area(geography, use_spheroid) uses GeographicLib.
INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, proj4text) VALUES
    (9211, 'EPSG', 9211,
     '+proj=tmerc +lat_0=0 +lon_0=106 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +units=m +no_defs'),
    (4756, 'EPSG', 4756, '+proj=longlat +ellps=WGS84 +no_defs')
ON CONFLICT (srid) DO NOTHING;

SELECT
    id,
    ST_Area(ST_GeomFromText(wkt, 9211)) AS planar_m2,
    ST_Area(
        geography(ST_SetSRID(
            ST_Transform(
                ST_GeomFromText(wkt, 9211),
                (SELECT proj4text FROM spatial_ref_sys WHERE srid = 9211),
                '+proj=longlat +ellps=WGS84 +no_defs'
            ), 4326)),
        true
    ) AS geodesic_m2
FROM shape
ORDER BY id;
