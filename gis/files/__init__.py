"""Vector files in and out. This is the only room that knows GDAL, through pyogrio."""
