"""The upper bound lemma: how far from uniform a walk on a finite group is, heard in its Fourier transform.

For every distribution Q on a finite group and all numbers of steps t,
``4 |Q^t - U|^2 <= sum of d_rho |Q_hat(rho)^t|^2`` over the irreducible representations but the trivial one,
with the Hilbert-Schmidt norm. By Plancherel the right side is ``|G| sum of Q^t(g)^2 - 1``; the inequality is
that of Cauchy and Schwarz.

Source: Diaconis and Shahshahani 1981; Diaconis 1988, chapter 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

QUIET = 0.02  # a bound that is looked for where a curve may end
LONGEST = 2**16  # steps


@dataclass(frozen=True, eq=False)
class Spectrum:
    """By what each irreducible part of the functions on the group shrinks in a step.

    Attributes
    ----------
    places : ndarray of shape (k,)
        Where each value stands on its axis; the trivial representation comes first.
    values : complex ndarray of shape (k,)
        Eigenvalues of the transform of a step; 1 for the trivial representation.
    weights : ndarray of shape (k,)
        Dimensions of the functions on the group that shrink so; their sum is the order of the group.
    axis : str
        What stands on the axis.
    normal : bool
        Whether each transform is a normal matrix, so that the values tell the norms of its powers.
    """

    places: np.ndarray
    values: np.ndarray
    weights: np.ndarray
    axis: str
    normal: bool = True

    def terms(self, times: np.ndarray) -> np.ndarray:
        """Terms of the lemma's sum, (times, k); 0 for the trivial representation.

        Parameters
        ----------
        times : int array of shape (times,)
        """
        loud = np.abs(self.values)
        loud[0] = 0
        return self.weights * loud ** (2.0 * np.asarray(times)[:, None])

    def bound(self, times: np.ndarray) -> np.ndarray:
        """The lemma's bound of the distance after so many steps; above 1 it says nothing.

        Parameters
        ----------
        times : int array of shape (times,)
        """
        terms = self.terms(times)
        terms[:, 0] = 0  # 0 ** 0 is 1
        return np.sqrt(terms.sum(axis=1)) / 2

    def horizon(self) -> int:
        """Steps after which all that fades has faded: what never fades is left out."""
        fading = np.abs(self.values) < 1 - 1e-12
        heard = Spectrum(
            np.r_[0, self.places[fading]],
            np.r_[1, self.values[fading]],
            np.r_[1, self.weights[fading]],
            self.axis,
        )
        low, high = 0, 1
        while heard.bound(np.array([high]))[0] > QUIET and high < LONGEST:
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if heard.bound(np.array([middle]))[0] > QUIET else (low, middle)
        return high


@dataclass(frozen=True, eq=False)
class Laws:
    """Distributions after 0, 1, 2, .. steps, seen through a statistic of the group's elements.

    Attributes
    ----------
    axis : str
        The statistic.
    places : ndarray of shape (k,)
        Its values.
    shares : ndarray of shape (steps + 1, k)
        Probability of each value.
    even : ndarray of shape (k,)
        Under the uniform distribution.
    distance : ndarray of shape (steps + 1,)
        Total variation distance on the whole group, from 0 to 1.
    """

    axis: str
    places: np.ndarray
    shares: np.ndarray
    even: np.ndarray
    distance: np.ndarray


def distances(shares: np.ndarray, even: np.ndarray) -> np.ndarray:
    """Total variation distance of each row from the uniform distribution.

    Parameters
    ----------
    shares : array of shape (..., k)
    even : array of shape (k,)
    """
    return np.abs(shares - even).sum(axis=-1) / 2
