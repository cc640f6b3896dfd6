"""The bodies of answers: documented fields, the unit in the name, unknown is null and never 0."""
