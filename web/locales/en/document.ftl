# The page of a document
document-text = text
document-overview = overview
document-evidence = evidence
document-filter = filter by outcome
document-tail = { $statements ->
    [one] { $statements } statement
   *[other] { $statements } statements
  }{ $decided ->
    [0] {""}
   *[other] {" "}· { $decided } decided
  }{ $checked ->
    [0] {""}
   *[other] {" "}· { $checked } checked against the text itself
  }{ $open ->
    [0] {""}
   *[other] {" "}· { $open } open to more data
  }
document-outcome = outcome: { $word }
document-statement = statement { $number }
document-pasted = a pasted text, held in memory alone
document-source = Source:{" "}
document-titled = , { $title }
document-in = Read it in { $language }
document-checklist = Checklist .xlsx
document-report = Report .html
document-print = For print
document-offers = What would decide more
document-offer = One table would decide { $statements ->
    [one] one statement
    [2] two statements
    [3] three statements
    [4] four statements
    [5] five statements
    [6] six statements
   *[other] { $statements } statements
  }
document-offers-note = { $tables ->
    [one] One table
   *[other] { $tables } tables
  } would decide { $statements } more between them. Once a table is there the run decides; the text stays as it is.
document-offer-unit = { $statements ->
    [one] statement
   *[other] statements
  }
document-offer-table = The columns it needs
document-offers-more = { $tables } more
document-look = Look here first
document-lead-join = {" "}·{" "}
document-marks = The marks
document-grades = Grades of sources
document-grades-note = An answer carries the weakest grade it rests on; what is modelled, synthetic or assumed may illustrate and never decides.
document-loose = Statements without a place in the text
document-print-now = Print
document-print-back = Back to the document
document-answers = Answers, statement by statement
document-column-number = no.
document-column-outcome = outcome
document-column-statement = statement
document-column-answer = answer
document-column-grade = grade
document-column-missing = tables that would decide it
document-list-join = {", "}
document-person = a person: somebody has overruled the answer by name; the mark stays the machine’s
