"""The casework desk: an application from the counter to the answer (依申请公开)."""
