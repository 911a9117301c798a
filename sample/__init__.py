"""Invented deliveries: families no one knows, in files as offices send them."""
