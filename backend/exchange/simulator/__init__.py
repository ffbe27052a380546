"""A process that speaks Binance: prices, accounts, REST, faults and control. See docs/decisions/0002."""
