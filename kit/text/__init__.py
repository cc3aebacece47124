"""Language: text evened out, sentences, days and dates, prose as a tree."""
