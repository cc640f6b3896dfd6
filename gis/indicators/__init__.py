"""Numbers about land that are never mixed: balances, fill, shares, states, reconciliation.

Pure functions over values: no store, no HTTP, no reference systems. Shapes come in one VN-2000
zone, areas go out in m² unless a name says otherwise, and what is not known is None, never 0.
"""
