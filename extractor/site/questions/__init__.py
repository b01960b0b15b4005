"""What the pages ask: functions of a connection and a frozen value, each of a fixed number of queries."""
