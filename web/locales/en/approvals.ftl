# The charts of approvals
approvals-by = Width of the lines and first number
approvals-by-cases = by cases
approvals-by-time = by time
approvals-by-cases-note = The wider, the more cases; first the number of cases, then the median time.
approvals-by-time-note = The wider, the longer the median time; first the time, then the number of cases.
approvals-part = { $from } → { $to }
approvals-others = { $n } further
approvals-office-days = Working days in all
approvals-rest = Weekends and holidays
approvals-calendar-days = Calendar days in all
approvals-days = { $n } d
approvals-waterfall-title = A case takes { $total } days on average, { $office } of them working days; “{ $part }” takes most of them, { $days } days
approvals-waterfall-note = Mean days of a case, one after the other; yellow is waiting, blue is work, hatched are weekends and holidays
approvals-waterfall-note-waiting = Mean days of a case, one after the other; the log holds completions alone, so work cannot be told from waiting; hatched are weekends and holidays
approvals-waterfall-label = Waterfall: { $title }
approvals-waited-worked = waited { $waited } days, worked { $worked }
approvals-part-column = from, to
approvals-waiting-column = waiting (days)
approvals-working-column = work (days)
approvals-plan = Limit planner
approvals-item = Matter
approvals-all-items = all matters
approvals-confidence = How sure
approvals-limit = Try a promised limit
approvals-working-days = { $n ->
    [one] 1 working day
   *[other] { $n } working days
  }
approvals-plan-title = { $confidence }% of cases are done within { $likely } working days{ $known ->
    [yes] ; allowing for the sample, { $safe } could be promised
   *[no] ; there are too few cases to promise it
  }
approvals-plan-none = No cases to plan with
approvals-plan-note = Working days, the first not counted; { $n } cases; the stairs are the share in time, the band its 95% interval (Wilson)
approvals-plan-label = Limit planner: { $title }
approvals-plan-kept = With { $limit } working days promised, { $share }% would be in time (95% interval { $low }–{ $high }%): { $late } of { $all } late.
approvals-try = try { $n } d
approvals-promised-now = promised now { $n } d
approvals-at = within { $days } working days { $cases } cases, { $share }%
approvals-working-days-column = working days
approvals-done-column = done (cases)
approvals-share-column = share (%)
approvals-low-column = low (%)
approvals-high-column = high (%)
