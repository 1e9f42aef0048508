"""The pages: one file a page, which reads the form, calls one function and chooses the template.

Enters: requests.  Leaves: pages in Vietnamese and English that work without JavaScript.
Never here: a rule of the desk, a query of its own, anything loaded from another host.
"""
