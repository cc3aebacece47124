"""The rules of the gate, a module a subject."""
