"""WebSocket: market streams, the WebSocket API's user stream, and the futures user stream."""
