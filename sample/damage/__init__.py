"""What happens to good data on its way through offices."""
