"""Figures on a page that is opened without a browser."""


def charts(app) -> int:
    """How many figures the house draws by itself, by `lab.figures.chart`."""
    return sum(element.proto.component_name.endswith("_chart") for element in app.get("bidi_component"))


def plots(app) -> int:
    """How many figures are left to plotly."""
    return len(app.get("plotly_chart"))
