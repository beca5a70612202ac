"""Every write of the desk, a verb each; all take ``by`` and ``at`` and leave a line in the trail."""
