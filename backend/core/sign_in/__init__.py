"""Who may use the program: passwords, sessions, tokens of programs, second factor, and the brakes on guessing."""
