"""The demo school: fictional, the same every time. Each part of the product adds its own module of it."""
