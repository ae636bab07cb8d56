"""The SQLites that this Python has, with the extension loaded, behind one interface."""

import importlib


class HostError(Exception):
    """What SQLite refused, and why."""


class Connection:
    """A connection to one SQLite. Errors of any module are HostError."""

    def __init__(self, module, extension, path=":memory:"):
        self.apsw = module.__name__ == "apsw"
        if self.apsw:
            self.raw = module.Connection(path)
            self.errors = module.Error
        else:
            self.raw = module.connect(path, isolation_level=None, check_same_thread=False)
            self.errors = module.Error
        if extension is not None:
            self.raw.enable_load_extension(True)
            self.raw.load_extension(str(extension))
            self.raw.enable_load_extension(False)

    def rows(self, sql, values=()):
        try:
            return list(self.raw.execute(sql, values))
        except self.errors as error:
            raise HostError(str(error)) from None

    def row(self, sql, values=()):
        return self.rows(sql, values)[0]

    def value(self, sql, values=()):
        return self.rows(sql, values)[0][0]

    def many(self, sql, rows):
        self.rows("begin")
        self.raw.executemany(sql, rows)
        self.rows("commit")

    def column(self, values, table="t", columns=("x",)):
        """Makes a table anew: of values, or of tuples where it has several columns."""
        self.rows(f"drop table if exists {table}")
        names = ", ".join(columns)
        self.rows(f"create table {table} (i integer primary key, {names})")
        marks = ", ".join("?" for _ in columns)
        if len(columns) == 1:
            values = ((v,) for v in values)
        self.many(f"insert into {table} ({names}) values ({marks})", values)

    def error(self, sql, values=()):
        """The message of the error, or the rows where there is none."""
        try:
            return self.rows(sql, values)
        except HostError as error:
            return str(error)

    def close(self):
        self.raw.close()


class Host:
    def __init__(self, module):
        self.module = module
        if module.__name__ == "apsw":
            self.version = module.sqlite_lib_version()
        else:
            self.version = module.sqlite_version
        self.name = f"SQLite {self.version}, {module.__name__.split('.')[0]}"

    def open(self, extension, path=":memory:"):
        return Connection(self.module, extension, path)


def hosts():
    """Each that can load an extension. Python may have been built without."""
    found = []
    for name in ("sqlite3", "pysqlite3.dbapi2", "apsw"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        if hasattr(module.Connection, "enable_load_extension"):
            found.append(Host(module))
    return found
