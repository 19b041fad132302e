"""The page: past takes in a browser, served to this machine alone.

A page is a function from what was asked (`Asked`) to a template and its values (`Shown`); it stands
in the table of `routes.py`. Only `app.py`, `guard.py` and `server.py` know the web framework.
"""
