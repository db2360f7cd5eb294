"""``python -m goldenthread.analysis`` is the command ``goldenthread``."""

from goldenthread.analysis.cli import main

if __name__ == "__main__":
    main()
