# Data: tables, origins, problems of the data
tables-title = Data
tables-lede = Every table at hand. Each row says where it comes from, how far it can be relied on, and where it stands.
tables-nav = Data
tables-tab-tables = Tables
tables-tab-origins = Origins
tables-tab-problems = Problems
tables-at-hand = Tables at hand
tables-missing = Tables that would decide more
tables-missing-lede = These tables are not at hand. Add one, and the statements it bears on can be decided.
tables-would-decide = { $n ->
    [one] would decide 1 statement
   *[other] would decide { $n } statements
  }
tables-also-decide = { $n ->
    [one] more rows would decide 1 statement
   *[other] more rows would decide { $n } statements
  }
tables-no-missing = No statement is undecided for want of a table.
tables-how = How to add a table
tables-how-text = Put a CSV or XLSX of that name into tables/ of the dossier, one origin to each row. zhidian init writes empty tables that describe their columns.
tables-rows = { $n ->
    [one] 1 row
   *[other] { $n } rows
  }
tables-row-is = { $row }. Open a row to see what its columns mean and where it comes from.
tables-not-at-hand = { $n ->
    [one] This table is not at hand. It would decide 1 statement.
   *[other] This table is not at hand. It would decide { $n } statements.
  }
tables-search = Search all columns
tables-filters-title = Filters
tables-filters = { $n ->
    [0] Filters
   *[other] Filters ({ $n })
  }
tables-matching = { $n } of { $of } rows
tables-all = { $n ->
    [one] 1 row
   *[other] { $n } rows
  }
tables-count = { $n }
tables-csv = { $n ->
    [one] Download CSV (1 row)
   *[other] Download CSV ({ $n } rows)
  }
tables-clear = Clear filters
tables-filter-off = remove filter: { $column } { $value }
tables-facet-more = { $n ->
    [one] and 1 more value; search to narrow down
   *[other] and { $n } more values; search to narrow down
  }
tables-empty-cell = empty
tables-nothing = No row fits.
tables-place = File and row
tables-origin = Origin
tables-row-title = Row { $row }
tables-row-lost = Row { $row } of { $file } is not among the rows shown.
tables-repost = repost
tables-keys = Arrows move, Enter opens a row, Esc closes it, a column’s name sorts.

origins-title = Origins
origins-lede = Where figures come from: who published them, when, in which edition, under which licence, and how far they can be relied on.
origins-search = Search publisher, title, address
origins-all = All grades
origins-matching = { $n ->
    [one] 1 origin
   *[other] { $n } origins
  }
origins-rows = { $n ->
    [one] 1 row
   *[other] { $n } rows
  }
origins-statements = { $n ->
    [one] 1 statement
   *[other] { $n } statements
  }
origins-sort = Sort by
origins-sort-rows = rows
origins-sort-statements = statements
origins-sort-title = title
origins-none = No origin fits.
origin-publisher = Publisher
origin-address = Address
origin-address-primary = the publisher’s own address
origin-address-repost = a repost, not the publisher’s own address
origin-published = Published
origin-edition = Edition
origin-licence = Licence
origin-sha256 = Checksum, SHA-256
origin-grade = Grade
origin-note = Note
origin-id = Id
origin-not-stated = not stated
origin-tables = Data from here
origin-no-tables = No row comes from here.
origin-statements = Statements that rest on it
origin-no-statements = No answer rests on this origin.
origin-open = opens in a new window
origin-offsite = leaves this machine

problems-title = Problems of the data
problems-lede = What is wrong in the data: in which file and row, what stands there, what should, and what to do. All other data is used as it is.
problems-none = No problem was found; all data is used.
problems-nothing = No problem fits.
problems-search = Search file, column, code
problems-matching = { $n ->
    [one] 1 problem
   *[other] { $n } problems
  }
problems-severity = Severity
problems-code = Kind
problems-found = found
problems-expected = expected
problems-remedy = what to do
problems-file = Place
problems-column = column
problems-row = row { $row }
problems-more = { $n ->
    [one] Show 1 more
   *[other] Show { $n } more
  }
problems-all = All
problems-partial = { $n ->
    [one] Only the first is listed; search to narrow down.
   *[other] Only the first { $n } are listed; search to narrow down.
  }
problems-show = Show the row
problems-left-out = The row was left out and is in no table; open it in the file.
problems-looking = Looking…
