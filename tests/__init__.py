"""Tests of the platform, by what they need: see CONTRIBUTING.md."""
