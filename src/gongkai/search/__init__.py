"""The index of what is published: a desk puts entries in and takes them out in its own transaction."""
