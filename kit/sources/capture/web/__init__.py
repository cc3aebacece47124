"""The network: judged addresses, politeness, one door, public archives."""
