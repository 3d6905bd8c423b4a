"""A region to learn on: an invented year in West Kalimantan, made by the same acts that officers use."""
