"""What suits a model of another maker: steps, guidance and scheduler by its family, from its small files.

Turbo models were distilled to one to four steps without guidance and count their steps from the noisy end
(Sauer 2023); latent consistency models read the guidance as an input (Luo 2023). The rest is the stock
pipelines' own.
"""

from __future__ import annotations

import json
from pathlib import Path

SCHEDULERS = {
    "PNDMScheduler": "pndm",
    "DDIMScheduler": "ddim",
    "DPMSolverMultistepScheduler": "dpm++2m",
    "UniPCMultistepScheduler": "unipc",
    "EulerDiscreteScheduler": "euler",
    "EulerAncestralDiscreteScheduler": "euler_a",
    "LCMScheduler": "lcm",
}
STABLE_DIFFUSION = {"steps": 50, "guidance": 7.5, "scheduler": "pndm"}
DISTILLED = {"steps": 4, "guidance": 0.0, "scheduler": "euler"}
CONSISTENCY = {"steps": 4, "guidance": 8.5, "scheduler": "lcm"}


def defaults(place: Path) -> dict:
    """Steps, guidance and scheduler for the model in a folder or a file, as far as it can be told."""
    if not place.is_dir():
        return of_file(place.stem.lower())
    schedule = read_small(place / "scheduler" / "scheduler_config.json")
    own = SCHEDULERS.get(str(schedule.get("_class_name")), "pndm")
    if own == "lcm":
        reads_guidance = read_small(place / "unet" / "config.json").get("time_cond_proj_dim")
        return CONSISTENCY | {"guidance": 8.5 if reads_guidance else 1.0}
    if schedule.get("timestep_spacing") == "trailing" and own in ("euler", "euler_a"):
        return DISTILLED | {"scheduler": own}
    large = read_small(place / "model_index.json").get("_class_name") == "StableDiffusionXLPipeline"
    return STABLE_DIFFUSION | {"scheduler": own, "guidance": 5.0 if large else 7.5}


def of_file(stem: str) -> dict:
    """The same for a single file, or a model not fetched yet, which has nothing but its name to go by."""
    if "turbo" in stem:
        return DISTILLED | {"scheduler": "euler_a" if "xl" in stem else "euler"}
    if "lcm" in stem:
        return CONSISTENCY | {"guidance": 1.0}
    return STABLE_DIFFUSION | ({"scheduler": "euler", "guidance": 5.0} if "xl" in stem else {})


def read_small(path: Path) -> dict:
    """A small file of a model; empty where there is none or it is broken, which loading will say."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}
