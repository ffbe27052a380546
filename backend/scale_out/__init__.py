"""More than one machine: workers, and what processes share in Redis. Imported only where REDIS_URL is set."""
