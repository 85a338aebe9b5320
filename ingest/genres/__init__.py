"""One module per genre: found by features of the text, never by the name of a file."""
