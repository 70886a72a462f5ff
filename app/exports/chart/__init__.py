"""The picture of a question's themes, as shapes that SVG and PNG each write in their own way."""
