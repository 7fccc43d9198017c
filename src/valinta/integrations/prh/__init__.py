"""The public register of companies: open data of the Finnish Patent and Registration Office."""
