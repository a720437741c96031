"""PDF → lines in reading order. `child` takes the text out, in a process of its own; `process` runs it; `layout` puts
the lines of a page in order and sets running heads aside."""
