"""The faces: terminal, later web, API and exports."""
