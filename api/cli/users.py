"""The commands of ``ccn-gis user``: accounts, without a word of HTTP. Passwords are never typed."""

from typing import Annotated

import typer

from api.cli.app import DEFAULT_REGISTER, AsJson, Register

users = typer.Typer(no_args_is_help=True, help="Tài khoản · accounts.")

Login = Annotated[
    str, typer.Argument(metavar="LOGIN", help="Tên đăng nhập hoặc mã tài khoản · login or id.")
]
Roles = Annotated[
    list[str] | None,
    typer.Option(
        "--role", metavar="ROLE", help="planner | officer | approver | admin; ghi lại được · again."
    ),
]
Clusters = Annotated[
    list[str] | None,
    typer.Option(
        "--cluster",
        metavar="ID",
        help="Chỉ trong cụm này; ghi lại được · of these clusters only; again.",
        show_default="mọi cụm · all",
    ),
]


@users.command("add")
def add(
    login: Login,
    register: Register = DEFAULT_REGISTER,
    *,
    name: Annotated[str, typer.Option("--name", help="Họ tên · the person's name.")],
    role: Roles = None,
    cluster: Clusters = None,
    as_json: AsJson = False,
) -> None:
    """Thêm tài khoản, in liên kết để đặt mật khẩu · add one, print the link to set a password."""
    from api.cli.people import run_add

    run_add(register, login, name=name, roles=role, clusters=cluster, as_json=as_json)


@users.command("list")
def list_(register: Register = DEFAULT_REGISTER, *, as_json: AsJson = False) -> None:
    """Liệt kê tài khoản · list the accounts."""
    from api.cli.people import run_list

    run_list(register, as_json=as_json)


@users.command("change")
def change(
    login: Login,
    register: Register = DEFAULT_REGISTER,
    *,
    name: Annotated[str | None, typer.Option("--name", help="Họ tên · the person's name.")] = None,
    role: Roles = None,
    cluster: Clusters = None,
    all_clusters: Annotated[
        bool, typer.Option("--all-clusters", help="Trong mọi cụm · of all clusters.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Đổi tên, vai trò hay phạm vi · change name, roles or clusters; what is given replaces."""
    from api.cli.people import run_change

    run_change(
        register,
        login,
        name=name,
        roles=role,
        clusters=cluster,
        all_clusters=all_clusters,
        as_json=as_json,
    )


@users.command("disable")
def disable(
    login: Login, register: Register = DEFAULT_REGISTER, *, as_json: AsJson = False
) -> None:
    """Khóa: mọi phiên và mã truy cập chấm dứt ngay · disable; sessions and tokens end at once."""
    from api.cli.people import run_disable

    run_disable(register, login, as_json=as_json)


@users.command("enable")
def enable(login: Login, register: Register = DEFAULT_REGISTER, *, as_json: AsJson = False) -> None:
    """Mở khóa · enable again."""
    from api.cli.people import run_enable

    run_enable(register, login, as_json=as_json)


@users.command("token")
def token(
    login: Login,
    register: Register = DEFAULT_REGISTER,
    *,
    name: Annotated[str, typer.Option("--name", help="Dùng làm gì · what it is for.")],
    days: Annotated[int, typer.Option("--days", help="Số ngày hiệu lực · days it holds.")] = 90,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Chỉ đọc · it may not write.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tạo mã truy cập cho chương trình, in một lần · make a bearer token, printed once."""
    from api.cli.people import run_token

    run_token(register, login, name=name, days=days, is_read_only=read_only, as_json=as_json)


@users.command("password")
def password(
    login: Login, register: Register = DEFAULT_REGISTER, *, as_json: AsJson = False
) -> None:
    """In liên kết để đặt lại mật khẩu · print the link to choose a new password."""
    from api.cli.people import run_password

    run_password(register, login, as_json=as_json)


@users.command("link")
def link(
    login: Login,
    register: Register = DEFAULT_REGISTER,
    *,
    subject: Annotated[
        str, typer.Option("--subject", help="Mã của người đó, trống để bỏ · sub; empty: nobody.")
    ],
    as_json: AsJson = False,
) -> None:
    """Gắn tài khoản với người của hệ thống đăng nhập · link to a person of the OIDC provider."""
    from api.cli.people import run_link

    run_link(register, login, subject=subject, as_json=as_json)
