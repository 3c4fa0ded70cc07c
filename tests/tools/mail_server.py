"""A mail server for tests: wants TLS and a password, and prints a line of JSON for each mail that it takes.

usage: mail_server.py CERTIFICATE KEY USER PASSWORD
The first line it prints is its port.
"""

import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import AuthResult, SMTP

certificate, key, user, password = sys.argv[1:]


def authenticate(server, session, envelope, mechanism, login):
    given = (login.login.decode(), login.password.decode())
    return AuthResult(success=given == (user, password))


class Handler:
    async def handle_exception(self, error):
        # A client that does not trust the certificate ends the handshake: that is what a test may want.
        return "451 " + type(error).__name__

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = {
            "tls": session.ssl is not None,
            "authenticated": session.authenticated,
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "raw": base64.b64encode(envelope.original_content).decode(),
        }
        print(json.dumps(mail), flush=True)
        return "250 taken"


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)


def serve():
    return SMTP(
        Handler(),
        hostname="localhost",
        tls_context=context,
        require_starttls=True,
        authenticator=authenticate,
        auth_required=True,
    )


async def main():
    server = await asyncio.get_running_loop().create_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    # It ends with its standard input, so with the test.
    await asyncio.to_thread(sys.stdin.read)


asyncio.run(main())
