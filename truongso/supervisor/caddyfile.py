"""The front's configuration, written anew at every start."""

from __future__ import annotations

import socket
from pathlib import Path

from truongso.lib import env
from truongso.lib.datadir import DataDir
from truongso.supervisor.say import Stop

CHECKOUT = Path(__file__).resolve().parents[2]

WAITING_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="5"><title>Trường Số</title>
<body><h1>Trường Số đang khởi động</h1><p>Trang sẽ tự mở lại sau ít giây. Những gì đã gửi đều còn nguyên.</p></body></html>
"""


def site(port: int) -> tuple[str, str]:
    """(addresses, tls line) for the mode that the environment names."""
    mode = env.choice("TRUONGSO_TLS", ["localhost", "lan", "domain"], default="localhost")
    domain = env.text("TRUONGSO_DOMAIN", default="")
    if mode == "localhost":
        return f"http://localhost:{port}, http://127.0.0.1:{port}, http://[::1]:{port}", ""
    if mode == "lan":
        names = [domain] if domain else lan_names()
        return ", ".join(f"https://{name}:{port}" for name in names), "tls internal"
    if not domain or "." not in domain:
        raise Stop(
            "TRUONGSO_TLS=domain cần TRUONGSO_DOMAIN, ví dụ truong.vidu.edu.vn.",
            "TRUONGSO_TLS=domain needs TRUONGSO_DOMAIN, such as school.example.org.",
        )
    return (domain if port in {80, 443} else f"https://{domain}:{port}"), ""


def lan_names() -> list[str]:
    """This machine's name and address, as phones of the same network can reach it."""
    names = ["localhost", f"{socket.gethostname()}.local"]
    probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        probe.connect(("192.0.2.1", 9))  # nothing is sent: the system only says which address it would use
        names.append(probe.getsockname()[0])
    except OSError:
        pass
    finally:
        probe.close()
    return names


def write(data: DataDir) -> Path:
    """Write the Caddyfile and the page shown while the rest starts; returns the file."""
    port = env.integer("TRUONGSO_PORT", default=8000, low=1, high=65535)
    addresses, tls = site(port)
    page = data.caddy / "waiting"
    page.mkdir(exist_ok=True)
    (page / "index.html").write_text(WAITING_PAGE, encoding="utf-8")
    bind = (
        "\tbind 127.0.0.1 [::1]\n"
        if tls == "" and addresses.startswith("http://") and _has_ipv6()
        else ("\tbind 127.0.0.1\n" if addresses.startswith("http://") else "")
    )
    plain = http_port(port) if tls else 0
    text = TEMPLATE.format(
        plain=PLAIN.format(
            addresses=addresses.replace("https://", "http://").replace(f":{port}", f":{plain}"),
            port="" if port == 443 else f":{port}",
            dist=CHECKOUT / "frontend" / "dist",
            web=data.socket("web"),
        )
        if plain
        else "",
        storage=data.caddy / "storage",
        http_port="" if tls == "" else _redirects(port),
        addresses=addresses,
        bind=bind,
        tls=f"\t{tls}\n" if tls else "",
        dist=CHECKOUT / "frontend" / "dist",
        files=data.files,
        gateway=data.socket("gateway"),
        web=data.socket("web"),
        door=data.socket("door"),
        waiting=page,
    )
    path = data.caddy / "Caddyfile"
    path.write_text(text, encoding="utf-8")
    return path


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def http_port(port: int) -> int:
    """Where a LAN's devices may read the certificate page before they trust us; 0: nowhere. 80 goes with 443 by itself."""
    return env.integer("TRUONGSO_HTTP_PORT", default=80 if port == 443 else 0, low=0, high=65535)


def _redirects(port: int) -> str:
    """We write them ourselves for a LAN; with a domain on an unusual port, plain http has no place to redirect from."""
    lan = env.text("TRUONGSO_TLS", default="localhost") == "lan"
    return "\tauto_https disable_redirects\n" if lan or port != 443 else ""


# Without encryption only what everybody may read: the certificate page, its looks, nothing that signs anybody in. No cookie
# goes in or out, and whoever stands in between can change this page only: hence the fingerprint to compare.
PLAIN = """
{addresses} {{
	header {{
		-Server
		X-Content-Type-Options nosniff
	}}

	handle_path /static/* {{
		root * "{dist}"
		file_server {{
			hide manifest.json
		}}
	}}

	@open {{
		method GET HEAD
		path /certificate/ /certificate/*
	}}
	handle @open {{
		reverse_proxy unix/{web} {{
			header_up X-Client-Address {{remote_host}}
			header_up -Cookie
			header_down -Set-Cookie
			header_down -X-Accel-Redirect
		}}
	}}

	handle {{
		redir https://{{host}}{port}{{uri}} 307
	}}
}}
"""


TEMPLATE = """{{
	admin off
	persist_config off
	skip_install_trust
	storage file_system "{storage}"
	grace_period 3s
{http_port}	log {{
		level ERROR
	}}
	servers {{
		timeouts {{
			read_header 20s
			idle 2m
		}}
		max_header_size 64KB
	}}
}}

{addresses} {{
{bind}{tls}	encode zstd gzip
	header {{
		-Server
		X-Content-Type-Options nosniff
	}}

	handle_path /static/* {{
		root * "{dist}"
		@hashed path /a/*
		header @hashed Cache-Control "public, max-age=31536000, immutable"
		file_server {{
			precompressed zstd br gzip
			hide manifest.json
		}}
	}}

	handle /gateway/* {{
		reverse_proxy unix/{gateway} {{
			flush_interval -1
			stream_close_delay 5s
		}}
	}}

	# Signing in has a process of its own.
	@door path /sign-in/* /s/* /unlock/
	handle @door {{
		request_body {{
			max_size 2MB
		}}
		reverse_proxy unix/{door} {{
			request_buffers 2MB
			header_up X-Client-Address {{remote_host}}
			lb_try_duration 8s
			lb_try_interval 150ms
		}}
	}}

	# Only an answer of ours may lead to the stored files; the address itself leads nowhere.
	handle {{
		request_body {{
			max_size 600MB
		}}
		reverse_proxy unix/{web} {{
			request_buffers 10MB
			response_buffers 2MB
			header_up X-Client-Address {{remote_host}}
			header_up -X-Accel-Redirect
			lb_try_duration 8s
			lb_try_interval 150ms
			@stored header X-Accel-Redirect /_files/*
			handle_response @stored {{
				root * "{files}"
				rewrite * {{rp.header.X-Accel-Redirect}}
				uri strip_prefix /_files
				method GET
				copy_response_headers {{
					exclude X-Accel-Redirect Content-Length Etag
				}}
				file_server
			}}
		}}
	}}

	handle_errors {{
		@starting expression `{{err.status_code}} in [502, 503, 504]`
		handle @starting {{
			root * "{waiting}"
			rewrite * /index.html
			header Retry-After 5
			header Cache-Control no-store
			file_server {{
				status 503
			}}
		}}
		respond "{{err.status_code}}"
	}}
}}
{plain}"""
