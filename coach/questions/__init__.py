"""Questions and the banks that they come from."""
