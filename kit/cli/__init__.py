"""The verbs of the shell, a module each family. They parse words, call the kit's functions and print what comes back."""
