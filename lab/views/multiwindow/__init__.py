"""Parts of the multiwindow page: knobs, plot with its brush, film, other views, what to take home."""
