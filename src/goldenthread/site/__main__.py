"""Where ``goldenthread`` and ``python -m goldenthread.site`` begin."""

import os
import signal


def main() -> None:
    """Run the command line. Until it is there to say so itself, Ctrl+C ends it with a word and status 130."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)
    from goldenthread.site.cli import main as run  # noqa: PLC0415 - half a second in which people stop it

    run()


def _stop(number: int, frame: object) -> None:
    del frame
    os.write(2, b"Stopped.\n")
    os._exit(128 + number)


if __name__ == "__main__":
    main()
