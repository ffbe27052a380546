"""The exchange's streams: prices of the market, and what happens to the accounts."""
