"""Run the notebooks and print what other people read."""

from kit.loading import spare_address_parsers

spare_address_parsers()
