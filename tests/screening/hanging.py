"""A child that hangs, dies or breaks down, as its file asks."""

import os
import sys
import time

from gongkai.documents.reading.worker import LENGTH, receive, send
from gongkai.screening.worker import ANSWER


def main():
    answers = os.fdopen(os.dup(1), "wb")
    send(answers, b"")
    while (message := receive(sys.stdin.buffer)) is not None:
        size = int.from_bytes(message[:LENGTH], "big")
        data = message[LENGTH + size :]
        if data == b"hang":
            time.sleep(30)
        if data == b"die":
            os._exit(1)
        send(answers, ANSWER + b'{"fault": "invented"}')


if __name__ == "__main__":
    main()
