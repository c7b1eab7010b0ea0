"""What every stage stands on; knows nothing of stages."""
