"""How many examples a property test tries: few for `make test`, many new ones for test-long."""

from hypothesis import HealthCheck, settings

FEW = settings(max_examples=60)
MANY = settings(max_examples=2000, derandomize=False, suppress_health_check=[HealthCheck.too_slow])
