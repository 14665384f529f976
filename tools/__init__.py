"""What the door (dev.py) does: standard library only, so that it runs before anything is set up."""
