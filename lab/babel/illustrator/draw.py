"""Printing a scene: shapes go onto a skia canvas by the rules of the style, then the sheet is finished."""

import numpy as np
import skia

from .compose import compose
from .scene import Scene
from .styles import STYLES, fill, finish, outline

SIZE = 128


def _path(polygons):
    """Even-odd path of polygons in unit coordinates."""
    path = skia.Path()
    path.setFillType(skia.PathFillType.kEvenOdd)
    for polygon in polygons:
        path.addPoly([skia.Point(x, y) for x, y in polygon.tolist()], True)
    return path


def _paint(rgb, alpha=1.0, **more):
    """Anti-aliased paint of a colour in [0, 1]."""
    r, g, b = (float(c) for c in np.minimum(np.maximum(rgb, 0), 1))
    return skia.Paint(AntiAlias=True, Color4f=skia.Color4f(r, g, b, float(alpha)), **more)


def _gradient(path, first, last):
    """Vertical gradient over the visible height of a path."""
    bounds = path.getBounds()
    top, bottom = max(bounds.top(), -0.1), min(bounds.bottom(), 1.1)
    colors = [skia.Color4f(*(float(c) for c in rgb), 1.0).toColor() for rgb in (first, last)]
    return skia.GradientShader.MakeLinear([skia.Point(0, top), skia.Point(0, bottom)], colors)


def _print(canvas, shape, scene):
    """One shape: its shadow, its fill and its outline, as far as the style has them."""
    style, rule = scene.style, STYLES[scene.style]
    path = _path(shape.polygons)
    if len(shape.polygons) > 1 and not shape.line:
        path.setFillType(skia.PathFillType.kWinding)
    if rule.shadow and shape.torn:
        shade = skia.Path(path)
        shade.offset(rule.shadow, rule.shadow)
        canvas.drawPath(shade, _paint((0.1, 0.07, 0.06), 0.4))
    paint = _paint(fill(style, scene.palette, shape.color, shape.glow), shape.alpha)
    if shape.fade is not None:
        paint.setShader(
            _gradient(
                path,
                fill(style, scene.palette, shape.color, False),
                fill(style, scene.palette, shape.fade, False),
            )
        )
    canvas.drawPath(path, paint)
    if rule.width and shape.line and (not rule.shadow or shape.torn):
        pen = _paint(outline(style, scene.palette, shape.color), shape.alpha, Style=skia.Paint.kStroke_Style)
        small = 0.6 if 0 < scene.head < 0.1 else 1.0
        pen.setStrokeWidth(rule.width * min(shape.line, 1.0) * (small if shape.line < 1 else 1.0))
        pen.setStrokeJoin(skia.Paint.kRound_Join)
        canvas.drawPath(path, pen)


def _sheet(surface):
    """RGB of a surface as float32 (size, size, 3) in [0, 1]."""
    return (
        surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(np.float32)
        / 255
    )


def _softened(surface, size, sigma):
    """Blurred copy of a surface."""
    target = skia.Surface(size, size)
    blur = skia.ImageFilters.Blur(sigma * size, sigma * size, skia.TileMode.kClamp)
    target.getCanvas().drawImage(
        surface.makeImageSnapshot(), 0, 0, skia.SamplingOptions(), skia.Paint(ImageFilter=blur)
    )
    return _sheet(target)


def draw(scene: Scene, size: int = SIZE) -> np.ndarray:
    """The picture of a scene as uint8 (size, size, 3); pure, and the same drawing at every size."""
    surface = skia.Surface(size, size)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorBLACK)
    canvas.scale(size, size)
    for shape in compose(scene):
        _print(canvas, shape, scene)
    blur = STYLES[scene.style].blur
    soft = _softened(surface, size, blur) if blur else None
    sheet = finish(scene.style, scene.palette, _sheet(surface), soft)
    return np.round(np.clip(sheet, 0, 1) * 255).astype(np.uint8)


def contact_sheet(scenes, columns: int = 8, size: int = SIZE) -> np.ndarray:
    """Drawings of the scenes in rows of `columns`, uint8 (rows * size, columns * size, 3)."""
    pictures = [draw(scene, size) for scene in scenes]
    pictures += [np.full((size, size, 3), 255, np.uint8)] * (-len(pictures) % columns)
    return np.concatenate(
        [np.concatenate(pictures[i : i + columns], 1) for i in range(0, len(pictures), columns)]
    )
