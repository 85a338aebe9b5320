"""The pages of the site that are more than one thing: what they ask is written in `queries/site/`, how they look in `templates/`."""
