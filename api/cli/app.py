"""The commands of ``ccn-gis`` and what they share: register, language, output, refusals."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.speaking import language
from gis.errors import GisError, InvalidValue

app = typer.Typer(
    name="ccn-gis",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=(
        "Sổ đăng ký đất và bản đồ cụm công nghiệp · Land register and map of industrial clusters."
    ),
)

Register = Annotated[
    str,
    typer.Option(
        "--register",
        envvar="CCN_GIS_REGISTER",
        help="Tệp sổ đăng ký · the register's file.",
        show_default="register.gpkg",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="In JSON · print JSON.")]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATE",
        help="Ngày hiệu lực, 2024-12-31 hoặc 31/12/2024 · the date asked about.",
        show_default="hôm nay · today; of the example, its date",
    ),
]
KnownAt = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        metavar="TIME",
        help="Điều sổ đã biết lúc đó, 2026-01-31T17:00:00+07:00 hoặc một ngày · as known then.",
        show_default="bây giờ · now",
    ),
]
Documents = Annotated[
    str,
    typer.Option(
        "--documents",
        envvar="CCN_GIS_DOCUMENTS",
        metavar="FOLDER",
        help="Thư mục văn bản · folder of documents.",
        show_default="cạnh tệp sổ · beside the register's file",
    ),
]
DEFAULT_REGISTER = "register.gpkg"


def main() -> None:
    """Run the command line; an error that a person can mend ends it with a sentence.

    Exit codes: 0 done, 1 refused or something found, 2 the question was malformed.
    """
    _speak_utf8()
    try:
        app()
    except GisError as error:
        _refuse(error, as_json="--json" in sys.argv)


def _refuse(error: GisError, *, as_json: bool) -> None:
    sentence = error.sentence(language())
    if as_json:
        body = {"code": error.code, "detail": sentence, **error.facts}
        typer.echo(json.dumps(body, ensure_ascii=False, default=str), err=True)
    else:
        typer.echo(f"{sentence} [{error.code}]", err=True)
    raise SystemExit(2 if isinstance(error, InvalidValue) else 1)


def _speak_utf8() -> None:
    """Write Vietnamese also where the console's own encoding has no letters for it (Windows)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


@app.command()
def init(
    register: Register = DEFAULT_REGISTER,
    *,
    example: Annotated[
        bool,
        typer.Option("--example", help="Kèm dữ liệu minh họa · with the synthetic example."),
    ] = False,
    province: Annotated[
        str | None,
        typer.Option(
            "--province",
            metavar="CODE",
            help="Mã hoặc tên tỉnh · code or name.",
            show_default="17, Hòa Bình",
        ),
    ] = None,
    province_file: Annotated[
        Path | None,
        typer.Option("--province-file", metavar="F", help="Tệp GeoJSON của tỉnh · GeoJSON file."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tạo sổ đăng ký mới · make a new register."""
    from api.cli.founding import run_init

    run_init(register, example=example, province=province, file=province_file, as_json=as_json)


@app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Sổ gốc · the register.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Nơi chưa có gì · a new place.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Chép sổ giữa tệp và PostGIS · copy a register between file and PostGIS."""
    from api.cli.moving import run_copy

    run_copy(source, target, as_json=as_json)


@app.command()
def migrate(register: Register = DEFAULT_REGISTER, *, as_json: AsJson = False) -> None:
    """Nâng sổ của phiên bản trước · migrate a register of an earlier version."""
    from api.cli.moving import run_migrate

    run_migrate(register, as_json=as_json)


@app.command()
def serve(
    register: Register = DEFAULT_REGISTER,
    *,
    host: Annotated[
        str, typer.Option("--host", envvar="CCN_GIS_HOST", help="Địa chỉ · address.")
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option("--port", envvar="CCN_GIS_PORT", min=0, max=65535, help="Cổng · port."),
    ] = 8000,
) -> None:
    """Mở bản đồ trong trình duyệt · serve the map."""
    from api.cli.serving import run_serve

    run_serve(register, host=host, port=port)


@app.command()
def check(register: Register = DEFAULT_REGISTER, *, on: On = None, as_json: AsJson = False) -> None:
    """Kiểm tra hình học và cơ cấu đất đã lưu · check topology and kept balances."""
    from api.cli.checking import run_check

    run_check(register, on=on, as_json=as_json)


@app.command()
def verify(
    register: Register = DEFAULT_REGISTER,
    *,
    anchor: Annotated[
        Path | None,
        typer.Option("--anchor", metavar="FILE", help="Tệp mốc để đối chiếu · anchors to find."),
    ] = None,
    write_anchor: Annotated[
        Path | None,
        typer.Option("--write-anchor", metavar="FILE", help="Ghi thêm một mốc · add an anchor."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Xác minh nhật ký và các bảng · verify journal and tables."""
    from api.cli.verifying import run_verify

    run_verify(register, anchor=anchor, write_anchor=write_anchor, as_json=as_json)


@app.command()
def backup(
    to: Annotated[Path, typer.Argument(metavar="TO", help="Tệp mới · a new file.")],
    register: Register = DEFAULT_REGISTER,
    *,
    documents: Documents = "",
    as_json: AsJson = False,
) -> None:
    """Sao lưu sổ, văn bản và tài khoản · back up register, documents and accounts."""
    from api.cli.keeping import run_backup

    run_backup(register, to, documents=documents, as_json=as_json)


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="FROM", help="Bản sao lưu · a backup.")],
    register: Register = DEFAULT_REGISTER,
    *,
    documents: Documents = "",
    unverified: Annotated[
        bool,
        typer.Option("--unverified", help="Kể cả khi không khớp nhật ký · even if altered."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Phục hồi thành một sổ mới · restore a backup as a new register."""
    from api.cli.keeping import run_restore

    run_restore(register, source, documents=documents, unverified=unverified, as_json=as_json)


@app.command()
def export(
    register: Register = DEFAULT_REGISTER,
    *,
    public: Annotated[
        Path,
        typer.Option("--public", metavar="FILE", help="Tệp GeoPackage mới · a new GeoPackage."),
    ],
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Xuất tệp chuyển đi được, chỉ có phần công khai · write the file that may be passed around."""
    from api.cli.exporting import run_export

    run_export(register, public, on=on, as_json=as_json)


@app.command()
def share(
    register: Register = DEFAULT_REGISTER,
    *,
    territory: Annotated[
        str | None, typer.Option("--territory", metavar="ID", help="Địa bàn · territory.")
    ] = None,
    on: On = None,
    known_at: KnownAt = None,
    stage: Annotated[
        str,
        typer.Option("--stage", help="planned | established | cleared | leased."),
    ] = "established",
    basis: Annotated[
        str, typer.Option("--basis", help="published | approved | measured.")
    ] = "published",
    include_synthetic: Annotated[
        bool,
        typer.Option("--include-synthetic", help="Tính cả dữ liệu minh họa · count it too."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tỷ lệ đất công nghiệp trên diện tích tự nhiên · share of the natural land."""
    from api.cli.land import run_share

    run_share(
        register,
        territory=territory,
        on=on,
        known_at=known_at,
        stage=stage,
        basis=basis,
        include_synthetic=include_synthetic,
        as_json=as_json,
    )


@app.command()
def balance(
    cluster: Annotated[str, typer.Argument(metavar="CLUSTER", help="Ví dụ · e.g. ccn-tien-tien")],
    register: Register = DEFAULT_REGISTER,
    *,
    on: On = None,
    known_at: KnownAt = None,
    as_json: AsJson = False,
) -> None:
    """Cơ cấu sử dụng đất của một cụm · a cluster's land balance."""
    from api.cli.land import run_balance

    run_balance(register, cluster, on=on, known_at=known_at, as_json=as_json)


@app.command()
def reconcile(
    register: Register = DEFAULT_REGISTER,
    *,
    on: On = None,
    known_at: KnownAt = None,
    as_json: AsJson = False,
) -> None:
    """Đối chiếu số công bố với số đo · published against computed figures."""
    from api.cli.land import run_reconcile

    run_reconcile(register, on=on, known_at=known_at, as_json=as_json)
