"""A partner list of your own as one more account: CSV, Excel or Parquet.

from adapters.table import read_table

listing = read_table("partners.csv")
"""

from adapters.table.explanation import explain_columns
from adapters.table.table import Table, read_table

__all__ = ["Table", "explain_columns", "read_table"]
