"""The land of a province's industrial clusters: model, measures, indicators and the register.

Nothing here knows HTTP or HTML. Importing the package alone loads no library.
"""
