"""How often linkage is right, on people whose truth is known."""
