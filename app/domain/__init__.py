"""The rules of the method: values in, values or a Refusal out; the standard library only."""
