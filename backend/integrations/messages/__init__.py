"""Where alerts are sent to: webhooks, Telegram, e-mail."""
