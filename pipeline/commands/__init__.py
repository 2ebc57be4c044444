"""What the commands do. Imported by the command line only when a command runs."""
