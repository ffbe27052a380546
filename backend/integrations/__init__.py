"""Services of others beside the exchange. Each is asked at one host, and nowhere else."""
