"""Find a Chromium on this machine and open it so that it talks to nobody but the app.

``python -m tests.browser.chromium`` names the browser it found, or fetches Playwright's own if there is none.
"""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
)
FOLDERS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--force-color-profile=srgb",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def installed() -> str | None:
    """Path of a Chromium of this machine, or None."""
    named = next(filter(None, map(shutil.which, COMMANDS)), None)
    return named or next(filter(os.path.exists, FOLDERS), None)


@contextmanager
def opened():
    """Lend a headless browser that resolves no name but this machine's own."""
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=installed(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


if __name__ == "__main__":
    if found := installed():
        print(f"browser: {found}")
    else:
        sys.exit(subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"]))
