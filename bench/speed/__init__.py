"""What one check costs: CPU, memory and disk, beside a bare fetch and the peers."""
