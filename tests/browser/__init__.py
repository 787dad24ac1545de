"""Pages as a reader has them: in a browser, with a script and without, by mouse and by keyboard."""
