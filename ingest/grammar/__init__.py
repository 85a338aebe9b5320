"""Small grammars that the genres share: each finds one kind of thing in cleaned text."""
