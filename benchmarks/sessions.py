"""A visitor without a browser: one websocket that speaks Streamlit's protocol, so that many fit one machine.

It keeps what a page shows as texts, presses buttons, and keeps polling fragments as a browser does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

TEXTS = {"markdown": "body", "progress": "text", "alert": "body", "text": "body", "heading": "body"}


@dataclass(eq=False)
class Session:
    """One tab.

    Attributes
    ----------
    elements : dict
        Place in the page to the element that was last drawn there.
    finished, whole : int
        Script runs that are over, those of fragments included, and those of the page.
    errors : list of str
        Tracebacks and ended connections.
    """

    home: str
    elements: dict[tuple, object] = field(default_factory=dict)
    finished: int = 0
    whole: int = 0
    errors: list[str] = field(default_factory=list)
    name: str = ""
    _address: str = "/"
    _page: str = ""
    _socket: ClientConnection | None = None
    _drawn: set = field(default_factory=set)
    _tasks: dict[str, asyncio.Task] = field(default_factory=dict)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def enter(self, address: str = "/", again: bool = False) -> Session:
        """Open an address in a new connection; ``again``: as the same session, as after a gap in the line."""
        spoken = ["streamlit", "none", self.name] if again and self.name else ["streamlit"]
        address_of_socket = "ws" + self.home.removeprefix("http") + "/_stcore/stream"
        self._socket = await connect(
            address_of_socket, subprotocols=spoken, max_size=None, open_timeout=60, proxy=None
        )
        self._tasks["listen"] = asyncio.create_task(self._listen())
        self._address, self._page = address, ""
        await self.look()
        return self

    async def leave(self) -> None:
        """Close the tab without a word."""
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        if self._socket:
            await self._socket.close()

    async def look(self, patience: float = 120) -> float:
        """Run the page anew and wait until it is drawn; seconds that took."""
        began, before = time.perf_counter(), self.whole
        await self._ask()
        await self.until(lambda: self.whole > before, patience)
        return time.perf_counter() - began

    def buttons(self) -> list:
        """The buttons of the page, in no order."""
        return [each.button for each in self.elements.values() if each.WhichOneof("type") == "button"]

    async def press(self, label: str) -> None:
        """Press the button of this label."""
        await self._ask(pressed=next(button.id for button in self.buttons() if button.label == label))

    async def until(self, holds: Callable[[], bool], patience: float = 300) -> None:
        """Wait until a condition on this session holds; `TimeoutError` after ``patience`` seconds."""
        async with asyncio.timeout(patience), self._news:
            await self._news.wait_for(lambda: holds() or self.errors)

    def texts(self) -> list[str]:
        """Whatever the page says."""
        kinds = [(each, each.WhichOneof("type")) for each in list(self.elements.values())]
        return [getattr(getattr(each, kind), TEXTS[kind]) for each, kind in kinds if kind in TEXTS]

    def says(self, words: str) -> str | None:
        """The first text with these words, or None."""
        return next((text for text in self.texts() if words in text), None)

    def alerts(self) -> list[str]:
        """What the page says is wrong."""
        return [each.alert.body for each in self.elements.values() if each.WhichOneof("type") == "alert"]

    async def _ask(self, pressed: str = "", fragment: str = "") -> None:
        message, address = BackMsg(), urlsplit(self._address)
        asked = message.rerun_script
        asked.query_string = address.query
        asked.page_script_hash = self._page
        if not self._page:
            asked.page_name = address.path.strip("/")
        if pressed:
            asked.widget_states.widgets.add(id=pressed, trigger_value=True)
        if fragment:
            asked.fragment_id, asked.is_auto_rerun = fragment, True
        await self._socket.send(message.SerializeToString())

    async def _listen(self) -> None:
        try:
            async for told in self._socket:
                async with self._news:
                    self._take(ForwardMsg.FromString(told))
                    self._news.notify_all()
        except Exception as error:  # a visitor whose line is cut says so
            async with self._news:
                self.errors.append(repr(error))
                self._news.notify_all()

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            told = message.new_session
            self.name, self._page = told.initialize.session_id, told.page_script_hash
            self._drawn = set()
        elif kind == "navigation":  # which page the address means is known once the front door has run
            self._page = message.navigation.page_script_hash
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._draw(tuple(message.metadata.delta_path), message.delta.new_element)
        elif kind == "auto_rerun":
            asked = message.auto_rerun
            self._stop_polling([asked.fragment_id])
            self._drawn.add(asked.fragment_id)
            self._tasks[asked.fragment_id] = asyncio.create_task(
                self._poll(asked.interval, asked.fragment_id)
            )
        elif kind == "stop_auto_rerun":
            self._stop_polling(message.stop_auto_rerun.fragment_ids)
        elif kind == "script_finished":
            self.finished += message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:  # of the whole page
                self.whole += 1
                self.elements = {place: it for place, it in self.elements.items() if place in self._drawn}
                self._stop_polling([name for name in self._tasks if name not in self._drawn])

    def _draw(self, place: tuple, element: object) -> None:
        self.elements[place] = element
        self._drawn.add(place)
        if element.WhichOneof("type") == "exception":
            self.errors.append(element.exception.message)

    def _stop_polling(self, fragments) -> None:
        for name in fragments:
            if name != "listen" and name in self._tasks:
                self._tasks.pop(name).cancel()

    async def _poll(self, interval: float, fragment: str) -> None:
        while True:
            await asyncio.sleep(interval)
            await self._ask(fragment=fragment)
