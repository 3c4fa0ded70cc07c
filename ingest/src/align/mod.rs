//! Documents to bitexts, sentences to beads, words to links.
