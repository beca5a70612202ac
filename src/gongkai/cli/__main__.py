import sys

from gongkai.cli.program import main

sys.exit(main())
