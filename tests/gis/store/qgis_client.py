"""What QGIS does with a register; run by the Python that Debian's QGIS belongs to.

/usr/bin/python3 qgis_client.py REGISTER      prints one line of JSON
"""

import json
import sys
from typing import Any

LAYERS = ("territory", "cluster", "plan_area", "parcel", "draft_parcel")
SHAPE = "MULTIPOLYGON(((105.3 20.8,105.301 20.8,105.301 20.801,105.3 20.8)))"


def main(path: str) -> None:
    """Read every layer, save a draft, and try to save a change of a register layer."""
    from qgis import core  # noqa: PLC0415 - only QGIS's own Python has it

    application = core.QgsApplication([], False)
    application.initQgis()
    layers = {name: core.QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in LAYERS}
    said: dict[str, Any] = {
        name: [layer.isValid(), layer.featureCount()] for name, layer in layers.items()
    }
    said["draft_saved"] = _draw(core, layers["draft_parcel"])
    said["parcel_saved"] = _relabel(layers["parcel"])
    said["refusal"] = " ".join(layers["parcel"].commitErrors())
    print(json.dumps(said))  # noqa: T201 - the answer to the test


def _draw(core: Any, layer: Any) -> bool:
    layer.startEditing()
    feature = core.QgsFeature(layer.fields())
    feature["label"] = "CN-01"
    feature.setGeometry(core.QgsGeometry.fromWkt(SHAPE))
    layer.addFeature(feature)
    return bool(layer.commitChanges())


def _relabel(layer: Any) -> bool:
    layer.startEditing()
    feature = next(layer.getFeatures())
    layer.changeAttributeValue(feature.id(), layer.fields().indexOf("plot_label"), "x")
    return bool(layer.commitChanges())


if __name__ == "__main__":
    main(sys.argv[1])
