"""What makes a report's folder fit to be handed over."""
