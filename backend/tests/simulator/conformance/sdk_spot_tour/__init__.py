"""binance-sdk-spot, the official SDK: every chapter of its tour. Only the base path of the client is changed."""
