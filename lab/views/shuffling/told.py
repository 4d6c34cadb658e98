"""What is said of each walk beside its figures."""

from __future__ import annotations

LEMMA = r"""
A walk begins at the identity of a finite group $G$ and multiplies up independent steps of one law $Q$.
After $t$ steps its law is the convolution power $Q^{*t}$, and one asks how far that is from the uniform law
$U$:

$$
\lVert Q^{*t} - U \rVert \;=\; \tfrac12 \sum_{g \in G} \bigl| Q^{*t}(g) - \tfrac{1}{|G|} \bigr|
\;=\; \max_{A \subseteq G} \bigl| Q^{*t}(A) - U(A) \bigr| .
$$

The Fourier transform $\hat Q(\rho) = \sum_g Q(g)\, \rho(g)$ turns convolution into products, so
$\widehat{Q^{*t}}(\rho) = \hat Q(\rho)^t$. **Upper bound lemma** (Diaconis and Shahshahani 1981):

$$
4\, \lVert Q^{*t} - U \rVert^2
\;\le\; \sum_{\rho \neq 1} d_\rho\, \bigl\lVert \hat Q(\rho)^t \bigr\rVert_{HS}^2 ,
$$

over the irreducible representations $\rho$ of $G$ but the trivial one; $d_\rho$ is the dimension. *Proof:*
by Cauchy and Schwarz $\bigl(\sum_g |f(g)|\bigr)^2 \le |G| \sum_g |f(g)|^2$ with $f = Q^{*t} - U$, and by
Plancherel the right side is the sum above. On an abelian group every $\rho$ is a character $\chi$ with
$d_\rho = 1$, and the sum is $\sum_{\chi \ne 1} |\hat Q(\chi)|^{2t}$: what rings loudest fades last. The bots
of the RoShamBo room listen with the characters of $(\mathbb Z/3)^m$.
"""
WALKS = {
    "riffle": r"""
**Riffle shuffles** (Gilbert, Shannon, Reeds). The deck is cut like $n$ coin tosses, and cards drop from a
packet as often as its share of what is left. After $t$ shuffles a permutation with $r$ rising sequences has
probability $\binom{2^t + n - r}{n} / 2^{tn}$ (Bayer and Diaconis 1992), and Euler's numbers count the
permutations of each $r$. The eigenvalues are $2^{-j}$, as often as permutations have $n - j$ cycles; $\hat
Q(\rho)$ is no normal matrix, so the bound is taken by Plancherel. Cutoff at $\tfrac32 \log_2 n$.
""",
    "transpositions": r"""
**Random transpositions.** Two hands touch a card each, perhaps the same one, and swap. $Q$ is constant on
conjugacy classes, so by Schur's lemma $\hat Q(\lambda)$ is a number for each partition $\lambda$ of $n$:
$\tfrac1n + \tfrac{n-1}{n} \tfrac{\chi_\lambda(\tau)}{d_\lambda} = \tfrac1n + \tfrac{2}{n^2} \sum_{(i,j) \in
\lambda} (j - i)$, and the bound is $\sum_\lambda d_\lambda^2\, \hat Q(\lambda)^{2t}$ with $d_\lambda = n! /
\prod \text{hooks}$. Cutoff at $\tfrac12 n \log n$.
""",
    "circle": r"""
**The circle** $\mathbb Z/n$. One place to either side with equal chance, or stay with probability $h$:
$\hat Q(k) = h + (1 - h) \cos \tfrac{2\pi k}{n}$. The slowest characters, $k = \pm 1$, rule alone, so the
walk mixes gradually on the time scale $n^2$; there is no cutoff.
""",
    "cube": r"""
**The cube** $(\mathbb Z/2)^d$. One of $d$ switches is flipped, or none with probability $h$. The $\binom
dj$ characters that read $j$ switches have $\hat Q = 1 - \tfrac{2 (1 - h) j}{d}$. The number of switches
that are on is the urn of the Ehrenfests. With $h = \tfrac{1}{d + 1}$ the cutoff is at $\tfrac14 (d + 1)
\log d$.
""",
    "redraw": r"""
**Moves drawn anew**, $(\mathbb Z/3)^m$, the words of RoShamBo. One of $m$ moves is drawn again: rock, paper
or scissors. The $2^j \binom mj$ characters that read $j$ moves have $\hat Q = 1 - \tfrac jm$: the move that
is drawn silences all of them that read it. Cutoff at $\tfrac12 m \log m$.
""",
    "turn": r"""
**Moves turned on**, $(\mathbb Z/3)^m$. One of $m$ moves turns on, rock to paper, paper to scissors,
scissors to rock; none with probability $h$. A character with $n_0, n_1, n_2$ letters 0, 1, 2 has $\hat Q =
h + (1 - h) \tfrac{n_0 + n_1 \omega + n_2 \omega^2}{m}$, $\omega = e^{2\pi i / 3}$: the walk cannot be read
backwards, and its transform is not real. Cutoff at $\tfrac{1}{3 (1 - h)} m \log m$.
""",
}
NEVER = {
    "circle": "It never mixes: each step changes even places to odd ones and back, so after any number of "
    "steps half of the places cannot be reached. The character k = n/2 is −1 at every step.",
    "cube": "It never mixes: each step flips one switch, so the number of switches that are on is even "
    "after an even number of steps. The character that reads all switches is −1 at every step.",
    "turn": "It never mixes: each step turns one move on, so the sum of all moves is known for ever, and a "
    "third of all words can be reached. Two characters keep the absolute value 1.",
}
