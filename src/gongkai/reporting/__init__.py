"""The desk of the annual report: compiling, signing off, submitting, publishing, the members' total."""
