"""Being here, this file puts the folder on the path of every test: `import build`, `import scoring`."""
