"""The seven stages as such: who stands where, what a stage requires, why one stops, and the only place that counts people."""
