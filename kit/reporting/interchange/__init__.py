"""What goes public, for other programs: a timeline, charts and tables on the web, entities of an investigation."""
