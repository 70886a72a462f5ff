"""Write side: one function for each thing a person can do."""
