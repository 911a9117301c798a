"""One module a suite, named for the table it audits; each exposes SUITE."""
