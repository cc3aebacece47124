"""An executed notebook as one document, in no format yet."""
