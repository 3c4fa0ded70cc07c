//! Characters known by the shapes of their glyphs, where a font says nothing else.
