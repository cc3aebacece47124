"""Sources as citations: CSL, the styles, and the formats that other programs exchange."""
