"""ccxt: every chapter of its tour. Only the addresses of the client are changed."""
