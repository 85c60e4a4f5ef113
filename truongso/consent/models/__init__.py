"""Tables of consent and of requests about data; one noun a file."""

from .answer import Capacity, Channel, ConsentAnswer
from .purpose import Purpose, PurposeVersion
from .request import DataRequest, Deadline, RequestKind, RequestStep, StepKind

__all__ = [
    "Capacity",
    "Channel",
    "ConsentAnswer",
    "DataRequest",
    "Deadline",
    "Purpose",
    "PurposeVersion",
    "RequestKind",
    "RequestStep",
    "StepKind",
]
