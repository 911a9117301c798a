"""The three lists a regency receives, in the shapes their offices send."""
