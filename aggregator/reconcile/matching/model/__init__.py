"""The trained model: sums of tables in log-odds, the prior they were trained under, and the shipped figures."""
