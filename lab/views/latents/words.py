"""The mathematics beside the figures, a paragraph for each look."""

WORDS = {
    "negative": r"""
The autoencoder turns a picture of $H \times W \times 3$ numbers into latents $x$ of $C \times H/8 \times
W/8$ numbers, and back. They are close to the picture already: nearly every position is a description of
its own tile. Turn the signs around, $x \to -x$, decode, and out comes **more or less the colour
negative**. If the decoder were a straight map $x \mapsto c + Ax$, then $-x$ would decode to exactly
$2c{-}a$: the negative about the colour $c$ that zero latents stand for, the mean colour of the training
pictures. The decoder is not straight, so the page measures it: which colour the mirror stands at, and
how much of the result a straight map of colours explains.
""",
    "calculator": r"""
An expression $f$ is calculated twice: on latents, $D(f(x_a, x_b, \dots))$ with the decoder $D$ at the
end, and on pixels from $-1$ to $1$, so that $-a$ is the colour negative there. If the decoder were
straight and positions did not look at their neighbours, both would be the same. Two errors are told: the
gap between the answers, and the gap that the autoencoder leaves even if it is handed the pixels' answer.
**Where the first is hardly more than the second, latents have nothing to say that pixels do not.** Noise
is the forward process $\sqrt{\bar\alpha_t}\,x + \sqrt{1 - \bar\alpha_t}\,\varepsilon$; the level is $t$
as a share of the schedule.
""",
    "blend": r"""
The straight line $(1-t)\,x_a + t\,x_b$ between two latents is nearly the double exposure $(1-t)\,a +
t\,b$ of the pixels: whatever lies between is both pictures, one shining through the other. That is why
this space is **boring**: it keeps pictures, but it knows nothing about them. Walk instead between the
*sentences*, in the space of text embeddings, from the same noise, and every step is a picture drawn
anew, of something that is a bit of both. The curve tells how far each is from the cross-fade.
""",
    "colours": r"""
Each latent position holds $C$ numbers for a tile of $8 \times 8$ pixels. The map $(x, 1) \mapsto (x,
1)\,W$ with $W$ of $(C + 1) \times 3$ numbers that comes nearest to the tiles' mean colours is found by
least squares, here and now, on the pictures you see. $R^2$ is the share of the colours' variance that it
explains. The shipped map was fitted to training pictures; live previews during denoising use it, since
it costs nothing.
""",
    "noise": r"""
Training shows the model $x_t = \sqrt{\bar\alpha_t}\,x_0 + \sqrt{1 - \bar\alpha_t}\,\varepsilon$ and asks
what $\varepsilon$ was; drawing begins at the right end of this row and walks to the left. The noise has
the seed of the drawing, so the last picture is the very noise that the pictures were drawn from. The
second row puts the same share of noise on pixels: there it stays fine grain, while the decoder turns
noisy latents into blobs of the size of its tiles.
""",
    "channels": r"""
A picture's latents, channel by channel, on one scale from negative to positive. Most channels look like
the picture: light and dark, warm and cold, edges. That is no accident, the autoencoder is trained to
keep what it needs to paint the picture again and to stay near a standard normal distribution; the
denoiser then has 48 times fewer numbers to think about for four channels, and $192 / C$ times fewer for
$C$.
""",
}
