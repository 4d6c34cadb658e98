"""Bytes that the browser fetches once by address, instead of receiving them again with every message.

The only module that reaches into Streamlit's runtime: `st.image` gives no address to pass on to a
component.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

from streamlit import runtime


def addresses(pictures: Sequence[bytes], media_type: str, place: str) -> list[str]:
    """An address for each picture; equal bytes have equal addresses, for all visitors.

    Parameters
    ----------
    pictures : sequence of bytes
    media_type : str
    place : str
        Names the element that shows them; what it showed before is forgotten when nobody else shows it.
    """
    if not runtime.exists():  # a bare script, a test without a server
        return [f"data:{media_type};base64,{base64.b64encode(picture).decode()}" for picture in pictures]
    manager = runtime.get_instance().media_file_mgr
    return [manager.add(picture, media_type, f"{place}.{index}") for index, picture in enumerate(pictures)]
