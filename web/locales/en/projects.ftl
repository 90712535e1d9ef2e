# The charts of projects
projects-unit = bn yuan
projects-unit-note = Amounts are in billions of yuan; the tables below are in 亿元 (100 million yuan).
projects-outlook-note = The forecast follows the pace of the months before; it never decides.
projects-amount = { $n } bn yuan
projects-code = code
projects-name = project
projects-trade = trade
projects-stage = stage
projects-total = total investment
projects-year = planned this year
projects-done = done so far
projects-start = start
projects-due = due
projects-waits-for = waits for
projects-unnamed-group = not stated
projects-group-by = Groups
projects-by-trade = by trade
projects-by-stage = by stage
projects-size-by = Area
projects-within = One group alone
projects-all-groups = all groups
projects-map-title = { $n } projects, { $what } { $sum } bn yuan; most of it in { $group }, { $share }%
projects-map-note = Areas are amounts in bn yuan; a group’s name opens it; hatched is what the money does not start
projects-map-label = Treemap: { $title }
projects-map-group = { $name } { $n }, { $total }
projects-map-note-of = { $group }; total { $total }, this year { $year }{ $carried ->
    [no] ; not carried
   *[yes] {""}
  }
projects-curve-title = By { $month }, { $done } bn yuan are done ({ $plan } planned); the year’s median is { $median }, nine in ten between { $low } and { $high }
projects-curve-plain = By { $month }, { $done } bn yuan are done ({ $plan } planned)
projects-curve-note = From January on, bn yuan; solid are work done and money spent, dotted the plan, dashed with its band the forecast and nine in ten of its draws
projects-curve-label = S-curve: { $title }
projects-planned = planned
projects-earned = done
projects-spent = spent
projects-median = forecast
projects-target-line = target { $n }
projects-month = { $n ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
  }
projects-month-column = month
projects-past = planned { $planned }, done { $earned }, spent { $spent }
projects-ahead = forecast { $median }, nine in ten between { $low } and { $high }
projects-target = Target of the year
projects-target-none = No target
projects-target-planned = No other target is set: the plan of the year is the target.
projects-confirmed = The probability is the model’s.
projects-unconfirmed = Read from the percentiles in the page; the model has yet to confirm it.
projects-gauge-title = { $year }: { $percent } likely to reach { $target } bn yuan
projects-gauge-note = The arc is the probability of the target; right, how the year’s total spreads, coloured where it reaches the target
projects-gauge-label = Gauge of the target: { $title }
projects-gauge-of = to reach { $target }
projects-gauge-unit = done in the year, bn yuan
projects-density = { $n }% of draws
projects-percent = percentile
projects-total-of-year = done in the year (bn yuan)
projects-gantt-title = { $n } projects in time, with { $links } orders among them
projects-gantt-broken = { $n } projects with { $links } orders among them; { $broken } do not hold: one starts before what it waits for is due
projects-gantt-note = Bars run from start to completion due, blue is the share done; lines lead from what comes before to what waits, red and dashed where that does not hold; choose a project by pointer or arrow keys
projects-gantt-label = Gantt chart: { $title }
projects-no-dates = no dates
projects-choose = Choose a project to see what it waits for.
projects-told = { $name }: { $start } to { $due }, total { $total } bn yuan; waits for { $before }, awaited by { $after }
projects-budget = Which first when money is short
projects-budget-of-year = Money of the year
projects-budget-all = No budget
projects-budget-result = { $budget } bn yuan ({ $share }% of what is asked for) start { $n } of { $all } projects; { $used } are used, and { $value } of total investment stand behind them.
projects-budget-proven = No better choice exists.
projects-budget-gap = No choice exceeds { $bound }; the gap is { $gap }%.
projects-budget-move = What is not yet under way asks for { $asked } bn yuan; move the money to see what goes first.
projects-budget-note = Chosen among what is not yet under way (reserve, preparing, newly started), so that most total investment stands behind the money; each takes its plan of the year, or its total where none is stated; nobody goes before one it waits for.
projects-waiting = { $n ->
    [one] 1 project is not carried
   *[other] { $n } projects are not carried
  }
