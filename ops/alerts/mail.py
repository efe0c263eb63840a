#!/usr/bin/env python3
"""Sends each alert of the PoCX aggregator as a mail. Usage: mail.py PORT

It takes alerts at http://127.0.0.1:PORT/. The environment has SMTP_SERVER (HOST:PORT), MAIL_TO, and as needed SMTP_USER,
SMTP_PASSWORD and MAIL_FROM (default: SMTP_USER). Port 465 is TLS from the start; at other ports TLS begins by STARTTLS
where the server offers it. The password is never sent without TLS. An alert that cannot be mailed is answered 503: the
aggregator sends it again. Python 3.8 or later; no packages needed.
"""
import json
import os
import smtplib
import ssl
import sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from http.server import BaseHTTPRequestHandler, HTTPServer

MAX_BYTES = 65536
# Less than the 10 s that the aggregator waits for the answer.
TIMEOUT_SECS = 8


def mail_of(alert):
    mail = EmailMessage()
    mail["Subject"] = " ".join((alert["farm"] + ": " + alert["event"].replace("_", " ")).split())
    mail["From"] = os.environ.get("MAIL_FROM") or os.environ["SMTP_USER"]
    mail["To"] = os.environ["MAIL_TO"]
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = make_msgid()
    mail.set_content(alert["text"] + "\n")
    return mail


def send(mail):
    host, port = os.environ["SMTP_SERVER"].rsplit(":", 1)
    context = ssl.create_default_context()
    tls = port == "465"
    if tls:
        server = smtplib.SMTP_SSL(host, int(port), timeout=TIMEOUT_SECS, context=context)
    else:
        server = smtplib.SMTP(host, int(port), timeout=TIMEOUT_SECS)
    with server:
        server.ehlo()
        if not tls and server.has_extn("starttls"):
            server.starttls(context=context)
            tls = True
        if os.environ.get("SMTP_PASSWORD"):
            if not tls:
                raise OSError("the mail server offers no TLS, so the password is not sent")
            server.login(os.environ["SMTP_USER"], os.environ["SMTP_PASSWORD"])
        server.send_message(mail)


class Webhook(BaseHTTPRequestHandler):
    timeout = 10

    def do_POST(self):
        try:
            length = int(self.headers["Content-Length"])
            if not 0 <= length <= MAX_BYTES:
                raise ValueError("the body is too large")
            mail = mail_of(json.loads(self.rfile.read(length)))
        except (ValueError, KeyError, TypeError, AttributeError) as e:
            self.answer(400, "not an alert: %r" % e)
            return
        try:
            send(mail)
            self.answer(200, "mailed")
        except (OSError, ValueError) as e:
            self.answer(503, "not mailed, the aggregator tries again: %r" % e)

    def answer(self, status, words):
        print(words, flush=True)
        body = words.encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


if __name__ == "__main__":
    missing = [name for name in ("SMTP_SERVER", "MAIL_TO") if not os.environ.get(name)]
    if not (os.environ.get("MAIL_FROM") or os.environ.get("SMTP_USER")):
        missing.append("MAIL_FROM")
    if len(sys.argv) != 2 or missing:
        sys.exit(__doc__ + ("\nMissing: " + ", ".join(missing) if missing else ""))
    webhook = HTTPServer(("127.0.0.1", int(sys.argv[1])), Webhook)
    print("alerts at http://127.0.0.1:%d/ are mailed to %s" % (webhook.server_port, os.environ["MAIL_TO"]), flush=True)
    webhook.serve_forever()
