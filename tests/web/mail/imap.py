"""A mailbox server as small as can be, for tests: one folder, and what a real client asks of it."""

import re
import socketserver
import threading


class Mailbox:
    """What lies in the folder, and what was said; with `dies_after` it hangs up in the middle."""

    def __init__(self, *mails: bytes, password="right", dies_after: str = "", claims_size: int = 0):  # noqa: S107
        self.mails = list(mails)
        self.seen: set[int] = set()
        self.password = password
        self.dies_after = dies_after
        self.claims_size = claims_size
        self.said: list[str] = []


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        self.send("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, said = line.partition(" ")
            self.server.box.said.append(said.replace(self.server.box.password, "***"))
            if not self.answer(tag, said):
                return

    def send(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def answer(self, tag: str, said: str) -> bool:
        box = self.server.box
        word = said.split()[1] if said.upper().startswith("UID") else said.split()[0]
        if box.dies_after and word.upper() == box.dies_after:
            return False
        if word.upper() == "LOGIN" and box.password not in said:
            self.send(f"{tag} NO wrong password")
            return True
        self.tell(word.upper(), said)
        self.send(f"{tag} OK done")
        return word.upper() != "LOGOUT"

    def tell(self, word: str, said: str) -> None:
        box = self.server.box
        match word:
            case "CAPABILITY":
                self.send("* CAPABILITY IMAP4rev1")
            case "SELECT":
                self.send(f"* {len(box.mails)} EXISTS")
            case "SEARCH":
                left = [str(n) for n in range(1, len(box.mails) + 1) if n not in box.seen]
                self.send(f"* SEARCH {' '.join(left)}")
            case "FETCH":
                self.fetch(int(said.split()[2]), said)
            case "STORE":
                box.seen.add(int(said.split()[2]))
            case "LOGOUT":
                self.send("* BYE")

    def fetch(self, number: int, said: str) -> None:
        box, mail = self.server.box, self.server.box.mails[number - 1]
        if "RFC822.SIZE" in said:
            self.send(f"* {number} FETCH (UID {number} RFC822.SIZE {box.claims_size or len(mail)})")
            return
        part = re.search(r"<0\.(\d+)>", said)
        mail = mail[: int(part[1])] if part else mail
        self.send(f"* {number} FETCH (UID {number} BODY[] {{{len(mail)}}}")
        self.wfile.write(mail + b")\r\n")


class Server(socketserver.ThreadingTCPServer):
    """The server, on a port of its own."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, box: Mailbox) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.box = box
        threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    @property
    def url(self) -> str:
        return f"imap://reply%40example.org:right@127.0.0.1:{self.server_address[1]}/INBOX"
