"""A press for messy annual reports: figures drawn at random, printed the way offices print them.

``truth`` draws what stands in the tables, ``tables`` lays it out, ``knobs`` spoil it, ``shapes`` put it
into a file, and ``scoring`` compares what a reader made of that file with what was drawn. Nothing here
knows how the reader works; it knows published reports.
"""
