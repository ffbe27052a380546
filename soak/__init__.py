"""The full runs behind the promises whose quick versions are tests: `python -m soak` lists them."""
