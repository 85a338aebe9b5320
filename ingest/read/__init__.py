"""Files → the stored texts that evidence points into: text, Markdown, HTML, PDF and DOCX, told apart by their content."""
