"""A browser page that fails its test for anything it should not do.

Every request that leaves 127.0.0.1 is stopped and recorded; console errors and warnings, errors
of scripts, refusals of the Content-Security-Policy and failed answers are recorded too.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    Route,
    expect,
)

_TELL = """
globalThis.attacked = () => console.error("a name was run");
addEventListener("securitypolicyviolation", (event) => {
  console.error(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""
_LOCAL_SCHEMES = ("data", "blob", "about")


@dataclass(slots=True)
class Faults:
    """What went wrong in a context of the browser; a test may expect some of it."""

    found: list[str] = field(default_factory=list)

    def take(self, part: str) -> list[str]:
        """Return the faults that hold a text and forget them: the test expected them."""
        taken = [fault for fault in self.found if part in fault]
        self.found = [fault for fault in self.found if part not in fault]
        return taken


def watch(context: BrowserContext, faults: Faults) -> None:
    """Record the faults of a context's pages, workers and frames."""
    context.route(lambda address: not is_local(address), lambda route: _stop(route, faults))
    context.add_init_script(_TELL)
    context.on("request", lambda request: _note_request(request, faults))
    context.on("response", lambda response: _note_response(response, faults))
    context.on("requestfailed", lambda request: _note_failed(request, faults))
    context.on("console", lambda message: _note_console(message, faults))
    context.on("weberror", lambda error: faults.found.append(f"script: {error.error}"))


def is_local(address: str) -> bool:
    """Say whether an address stays in this machine."""
    parts = urlsplit(address)
    return parts.scheme in _LOCAL_SCHEMES or parts.hostname == "127.0.0.1"


def settle(page: Page) -> None:
    """Wait until a page asks for nothing more and the map stands still."""
    page.wait_for_load_state("networkidle")
    expect(page.locator('.leaflet-zoom-anim, [aria-busy="true"]')).to_have_count(0)


def _stop(route: Route, faults: Faults) -> None:
    faults.found.append(f"outside: {route.request.url}")
    route.abort()


def _note_request(request: Request, faults: Faults) -> None:
    if not is_local(request.url):
        faults.found.append(f"outside: {request.url}")


def _note_response(response: Response, faults: Faults) -> None:
    if response.status >= 400:
        faults.found.append(f"{response.status}: {response.url}")


def _note_failed(request: Request, faults: Faults) -> None:
    # A page that goes away, or a newer view of the map, ends what is under way.
    if request.failure != "net::ERR_ABORTED":
        faults.found.append(f"failed: {request.url} {request.failure}")


def _note_console(message: ConsoleMessage, faults: Faults) -> None:
    if message.type in ("error", "warning"):
        faults.found.append(f"console: {message.text}")
