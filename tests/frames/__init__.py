"""Results and facts as DataFrames."""
