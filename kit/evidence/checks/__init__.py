"""The gate: its rules, waivers and findings."""
