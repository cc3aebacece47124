"""Pages shown in place of the one that was asked for."""
