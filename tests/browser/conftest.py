"""One browser, the example and other registers behind real servers, and pages that are watched."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from gis.example import load_example
from gis.store import create_store
from tests.browser.registers import write_hostile
from tests.browser.served import running
from tests.browser.watched import Faults, settle, watch

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDE = (1440, 900)

OpenPage = Callable[..., Page]
"""Opens an address in a window of its own; further arguments go to the browser's context."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield Debian's Chromium without a screen."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield made
        made.close()


@pytest.fixture
def faults() -> Iterator[Faults]:
    """Yield the record of faults; what the test did not take fails it."""
    faults = Faults()
    yield faults
    assert faults.found == []


@pytest.fixture
def open_page(browser: Browser, faults: Faults) -> Iterator[OpenPage]:
    """Yield a function that opens an address, watched, and waits until the page is still."""
    contexts = []

    def open_it(address: str, size: tuple[int, int] = WIDE, **options: Any) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(15_000)
        watch(context, faults)
        page = context.new_page()
        page.goto(address)
        settle(page)
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of the example register."""
    path = tmp_path_factory.mktemp("browser") / "example.gpkg"
    store = create_store(path)
    load_example(store)
    store.close()
    return path


@pytest.fixture(scope="session")
def example(example_file: Path) -> Iterator[str]:
    """Yield the address of the example register's service."""
    with running(example_file) as address:
        yield address


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a service whose register holds nothing."""
    path = tmp_path_factory.mktemp("browser") / "empty.gpkg"
    create_store(path).close()
    with running(path) as address:
        yield address


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a service whose names attack the page."""
    path: Path = tmp_path_factory.mktemp("browser") / "hostile.gpkg"
    write_hostile(path)
    with running(path) as address:
        yield address
