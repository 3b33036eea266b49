"""Rates and funnels, each with its counts and its uncertainty."""
