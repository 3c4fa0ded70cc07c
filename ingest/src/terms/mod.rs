//! Beads, glosses and definitions to term candidates.
