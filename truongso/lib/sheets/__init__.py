"""Spreadsheets in and out: plain values in, plain values out; no models, no request."""

from truongso.lib.sheets.read import Cell, Sheet, Unreadable, read_workbook
from truongso.lib.sheets.write import Column, Table, Value, workbook

__all__ = ["Cell", "Column", "Sheet", "Table", "Unreadable", "Value", "read_workbook", "workbook"]
