"""Casebook: keep sources, build a sourced event table, chart it, and report with every fact leading to its proof."""
