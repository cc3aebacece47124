"""What tests of several rooms build on: small cases, sites on loopback, planted faults."""
