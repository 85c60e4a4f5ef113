"""Official documents in the layout of decree 30/2020/NĐ-CP: one definition, two files (PDF and DOCX)."""

from truongso.documents.official.docx import to_docx
from truongso.documents.official.model import Annex, Heading, OfficialDocument, Paragraph, Signature, Table
from truongso.documents.official.pdf import to_pdf

__all__ = ["Annex", "Heading", "OfficialDocument", "Paragraph", "Signature", "Table", "to_docx", "to_pdf"]
