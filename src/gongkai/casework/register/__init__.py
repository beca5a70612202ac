"""An existing register of applications, read from a spreadsheet: bytes → table → rows with their fates.

Nothing here touches the database; what a row would become is decided before anything is written.
"""

from gongkai.casework.register.rows import Defaults, Reading, ReadRow, RegisterRow, read_register
from gongkai.casework.register.tables import read_table
from gongkai.casework.register.template import template

__all__ = ["Defaults", "ReadRow", "Reading", "RegisterRow", "read_register", "read_table", "template"]
