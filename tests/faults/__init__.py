"""What must never happen to an index, tried many thousand times: README.md says how each campaign is run."""
