"""Text to a tree with spans: tokens, a Pratt parser, LaTeX and plain notation."""
