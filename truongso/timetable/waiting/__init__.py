"""What waits on Hôm nay, a module a part: `lines(actor)` yields (count, text, more, address)."""
