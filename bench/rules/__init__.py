"""The rules on whole populations, beside OpenFisca with the same six programmes. The first module to read: figures."""
