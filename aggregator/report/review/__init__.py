"""A page on this machine alone, where a person decides which records are one business."""
