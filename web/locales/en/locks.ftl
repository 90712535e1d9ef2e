# The charts of locks
locks-view = A day at the lock, and the years of need
locks-alternatives = Alternatives
locks-alternative = { $lines ->
    [one] 1 line
   *[other] { $lines } lines
  }, { $hours } hours a day
locks-synthetic = The ships are drawn at random from a supposed fleet and are no record of real ones; sizes and times are those of the tables and parameters listed.
locks-lines-assumed = Sizes of further lines are not published; they are assumed to equal the first.
locks-supposed = Hours a day or growth are supposed: the result is an illustration.
locks-mean-wait = Mean wait
locks-most-waiting = Most waiting
locks-lockages = Lockages
locks-per-lockage = Ships a lockage
locks-need = More likely than not over the limit
locks-need-none = not before { $year }
locks-need-note = limit: mean { $mean } h, nine in ten within { $p90 } h
locks-only-grows = only grows
locks-hours = { $n } h
locks-ships = { $n ->
    [one] 1 ship
   *[other] { $n } ships
  }
locks-ships-about = { $n }
locks-at-traffic = at { $n } ships a day
locks-on-that-day = on the day shown
locks-passed = { $n } ships passed that day
locks-area = { $n }% of the chamber’s area on average
locks-play = Play
locks-pause = Pause
locks-before = Lockage before
locks-after = Next lockage
locks-clock = Time of the day
locks-up = up
locks-down = down
locks-upstream = upstream
locks-downstream = downstream
locks-ready = ready
locks-closed = closed until { $until }
locks-empty = empty run { $way }
locks-lockage = { $way }, { $ships ->
    [one] 1 ship
   *[other] { $ships } ships
  }, { $area }% of the area
locks-chamber = Chamber { $chamber }
locks-chamber-does = Chamber { $chamber }: { $does }
locks-size = { $length } × { $width } m
locks-ship = { $size }, came { $before ->
    [yes] { $arrival } before midnight
   *[no] at { $arrival }
  }, waited { $waited } h
locks-above = Upstream: { $ships } waiting to go down{ $beyond ->
    [0] {""}
   *[other] {" "}({ $beyond } not drawn)
  }
locks-below = Downstream: { $ships } waiting to go up{ $beyond ->
    [0] {""}
   *[other] {" "}({ $beyond } not drawn)
  }
locks-plan-title = { $time }: { $inside } in the lock, { $down } waiting upstream, { $up } downstream
locks-plan-note = From above, ships and chambers to one scale; dashed is the safety gap kept; bows point the way they go, upstream is left
locks-plan-label = The lock from above: { $title }
locks-where = where
locks-class = class
locks-length = length (m)
locks-beam = beam (m)
locks-way = way
locks-arrival = came
locks-place = from the gate; from the left wall (m)
locks-gantt-title = { $name }: { $lockages } lockages pass { $ships } ships in a day; at most { $most } wait
locks-gantt-note = High and light are lockages up, low and dark down, with their ships; thin are empty runs, hatched is closed; the red line is the time shown
locks-gantt-label = Gantt chart: { $title }
locks-waiting = Ships waiting, at most { $ships }
locks-chamber-column = chamber
locks-kind = kind
locks-kind-lockage = lockage
locks-kind-empty = empty run
locks-kind-closed = closed
locks-start = start
locks-end = end
locks-ships-column = ships
locks-area-column = area used (%)
locks-fan-title = { $name }: from { $year } on, waits are more likely than not over the limit
locks-fan-now = { $name }: waits are more likely than not over the limit already ({ $year })
locks-fan-none = { $name }: waits are unlikely to be over the limit before { $year }
locks-fan-note = Mean wait in hours; growth of { $growth }% a year with its spread, from { $ships } ships a day in { $from }; dark band half of the paths, light nine in ten, line the median
locks-fan-label = Fan chart: { $title }
locks-fan-axis = hours
locks-fan-limit = limit { $limit } h
locks-fan-need = { $year }
locks-fan-year = median { $median } h, nine in ten between { $low } and { $high }; over the limit { $exceed }
locks-over = ≥{ $n }
locks-percent = { $n }%
locks-year = year
locks-exceed = over the limit
locks-fan-beyond = beyond the chart: the queue only grows
