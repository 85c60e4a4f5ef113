"""Spreadsheets in and out: plain values in, plain values out; no models, no request."""

from truongso.lib.sheets.guarded import read_guarded
from truongso.lib.sheets.model import Cell, Sheet, Unreadable
from truongso.lib.sheets.read import read_workbook
from truongso.lib.sheets.write import Column, Table, Value, workbook

__all__ = ["Cell", "Column", "Sheet", "Table", "Unreadable", "Value", "read_guarded", "read_workbook", "workbook"]
