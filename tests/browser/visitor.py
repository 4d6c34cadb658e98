"""A visitor: one browser tab, and the few things people do in it."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, TimeoutError, expect

APP = "[data-testid=stApp]"
MOMENT = 800  # milliseconds until a page has begun to answer
PATIENCE = 60_000  # milliseconds that anything may take on a busy machine of two cores
expect.set_options(timeout=PATIENCE)
SCREENSHOTS = Path(__file__).parent / "screenshots"


@dataclass(eq=False)
class Visitor:
    """A tab on the app, with what its scripts complained of, whom it called, what it asked the server."""

    page: Page
    home: str
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    asked: list[object] = field(default_factory=list)

    def open(self, address: str = "/") -> "Visitor":
        """Open an address of the app and wait until its script has come to rest."""
        self.page.goto(self.home + address, wait_until="domcontentloaded")
        return self.settle()

    def reload(self) -> "Visitor":
        """Load the very same link again."""
        self.page.reload(wait_until="domcontentloaded")
        return self.settle()

    def settle(self) -> "Visitor":
        """Wait until the page's script has come to rest and its skeletons are gone."""
        expect(self.page.locator(APP)).to_have_attribute(
            "data-test-script-state", "notRunning", timeout=PATIENCE
        )
        expect(self.page.locator("[data-testid=stSkeleton]:visible")).to_have_count(0, timeout=PATIENCE)
        return self

    def write(self, field_: Locator, text: str) -> "Visitor":
        """Put a text into a field and leave the field, as people do: the page has begun to answer by then."""
        field_.fill(text)
        field_.press("Tab")
        with suppress(TimeoutError):  # the same text again asks for nothing
            self.page.wait_for_selector(f"{APP}[data-test-script-state=running]", timeout=MOMENT)
        return self.settle()

    def see_pictures(self) -> "Visitor":
        """Wait until every picture in the window, and every font, has arrived and is drawn."""
        self.page.wait_for_function(
            "[...document.images].every(image => image.complete && image.naturalWidth)"
        )
        expect(self.page.locator("canvas[aria-busy=true], svg[aria-busy=true]")).to_have_count(0)
        self.page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        return self

    def errors(self) -> list[str]:
        """Tracebacks shown on the page (there must be none)."""
        return self.page.get_by_test_id("stException").all_inner_texts()

    def sentences(self) -> list[str]:
        """What the page says is wrong, each as one text."""
        return [text.strip() for text in self.page.get_by_test_id("stAlert").all_inner_texts()]

    def sideways(self) -> int:
        """Pixels by which the page is wider than the window."""
        return self.page.evaluate(
            "Math.max(document.documentElement.scrollWidth, "
            "...[...document.querySelectorAll('[data-testid=stMain]')].map(e => e.scrollWidth)) - innerWidth"
        )

    def picture(self, name: str) -> Path:
        """Photograph the window into the folder that git ignores."""
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def seen(self, name: str) -> str:
        """Photograph the window and return the text on it."""
        self.picture(name)
        return f"{self.page.url}\n{self.page.inner_text('body')}"


def enter(context: BrowserContext, home: str) -> Visitor:
    """Open a tab that notes script errors and every request to another machine."""
    visitor = Visitor(context.new_page(), home)
    host = urlsplit(home).netloc

    def note(request):
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != host:
            visitor.strangers.append(request.url)

    visitor.page.on("request", note)

    def listen(socket):
        note(socket)
        socket.on("framesent", lambda message: visitor.asked.append(message))

    visitor.page.on("websocket", listen)
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    visitor.page.set_default_timeout(PATIENCE)
    return visitor
