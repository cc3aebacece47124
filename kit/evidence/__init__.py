"""What ties prose to proof: marks, numbers, passages, and the rules that check them."""
