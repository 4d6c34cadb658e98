"""What a prompt, a count, a choice and a sampling parameter may be; each refusal is one sentence.

Every sentence names the value, the limit and the mend.
"""

from __future__ import annotations

from fractions import Fraction

from lab.compute import check_seed

SCHEDULERS: dict[str, str] = {
    "pndm": "PNDM or PLMS (Liu 2022), the posts' sampler: fourth-order multistep, one extra call.",
    "ddim": "DDIM (Song 2021), the first-order solver: plain, deterministic, wants many steps.",
    "dpm++2m": "DPM-Solver++ 2M (Lu 2022), second-order multistep: sharp pictures in 10 to 20 steps.",
    "unipc": "UniPC (Zhao 2023), predictor and corrector in one call: good in 8 to 15 steps.",
    "euler": "Euler on the probability-flow ODE (Karras 2022): first order in sigma, deterministic.",
    "euler_a": "Euler ancestral: adds fresh noise at every step, the same for all frames.",
    "lcm": "Latent consistency sampling (Luo 2023): 1 to 8 steps, for models distilled to it.",
}
PROMPTS_LEAST, PROMPTS_MOST = 2, 16
CHARACTERS_MOST = 10_000
STEPS_MOST = 150
LCM_STEPS_MOST = 50
GUIDANCE_MOST = 30.0


def check_prompts(prompts: tuple[str, ...]) -> None:
    """Raise ``ValueError`` unless there are 2 to 16 prompts, none of them empty or endless."""
    if isinstance(prompts, str) or not PROMPTS_LEAST <= len(prompts) <= PROMPTS_MOST:
        count = 1 if isinstance(prompts, str) else len(prompts)
        raise ValueError(f"A morph needs {PROMPTS_LEAST} to {PROMPTS_MOST} prompts, but there are {count}.")
    for number, prompt in enumerate(prompts, start=1):
        check_prompt(prompt, f"Prompt {number}", ", or take the prompt out")


def check_prompt(prompt: str, what: str = "The prompt", mend: str = "") -> None:
    """Raise ``ValueError`` if a prompt is empty or endless."""
    check_length(prompt, what)
    if not prompt.strip():
        raise ValueError(f"{what} is empty; write what the picture shows{mend}.")


def check_length(text: str, what: str) -> None:
    """Raise ``ValueError`` unless ``text`` is a string of at most 10 000 characters."""
    if not isinstance(text, str):
        raise ValueError(f"{what} is {text!r}, but it must be text.")
    if len(text) > CHARACTERS_MOST:
        raise ValueError(f"{what} has {len(text)} characters, the limit is {CHARACTERS_MOST}; shorten it.")


def check_sampling(seed: int, steps: int | None, guidance: float | None, scheduler: str | None) -> None:
    """Raise ``ValueError`` if a sampling parameter that is not left open is out of its limits."""
    check_seed(seed)
    if scheduler is not None:
        check_choice("scheduler", scheduler, SCHEDULERS)
    if steps is not None:
        check_count("steps", steps, 1, LCM_STEPS_MOST if scheduler == "lcm" else STEPS_MOST)
    if guidance is not None:
        check_number("guidance", guidance, 0, GUIDANCE_MOST)


def check_number(what: str, value: float, least: float, most: float) -> None:
    """Raise ``ValueError`` unless ``value`` is a number from ``least`` to ``most``."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ValueError(f"The {what} is {value!r}, but it must be a number from {least:g} to {most:g}.")


def check_count(what: str, value: int, least: int, most: int) -> None:
    """Raise ``ValueError`` unless ``value`` is a whole number from ``least`` to ``most``."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(
            f"The number of {what} is {value!r}, but it must be a whole number from {least} to {most}."
        )


def check_choice(what: str, value: str, choices: dict[str, str] | tuple[str, ...]) -> None:
    """Raise ``ValueError`` unless ``value`` is one of ``choices``."""
    if value not in choices:
        raise ValueError(f"The {what} {value!r} is unknown; choose one of {', '.join(choices)}.")


def place_of(text: str) -> tuple[int, Fraction]:
    """Segment and t of an added place such as ``"0:5/32"``, or ``ValueError`` with one sentence."""
    segment, _, t = str(text)[:40].partition(":")
    try:
        place = int(segment), Fraction(t)
    except (ValueError, ZeroDivisionError):
        place = -1, Fraction(0)
    if place[0] < 0 or not 0 < place[1] < 1 or place[1].denominator > 2**20:
        raise ValueError(
            f"The added place {str(text)[:40]!r} must be a segment and a fraction, such as '0:5/32'."
        )
    return place
