"""What must not be published, known by how it reads: keys, numbers, paths and addresses by their shape, names in each of their forms."""
