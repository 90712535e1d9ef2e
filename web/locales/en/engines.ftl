# Models and scenarios
engines-title = Models
engines-lede = Each model answers one kind of question. Move its options and run it again, or read its manual.
engines-scenarios = Scenarios: which answers would change with other figures
engine-name-indicators = indicators
engine-name-locks = ship locks
engine-name-projects = projects
engine-name-approvals = approvals
engines-options = Options
engines-results = Results
engines-no-options = This method has no options.
engines-before = Set the options and press Run. Charts, tables, findings and origins come here.
engines-run = Run
engines-run-anew = Run again
engines-reset = Defaults
engines-follow = run again after each change
engines-seed = Seed
engines-seed-note = The same data, options and seed give the same result, digit for digit.
engines-scenario = Scenario
engines-scenario-none = none
engines-default = default { $value }
engines-reset-one = back to { $value }
engines-leave-unset = leave unset
engines-unset = unset
engines-yes = yes
engines-no = no
engines-add-item = Add an item
engines-remove-item = remove item { $n }
engines-list-separator = {", "}
engines-setting = { $name } { $value } (default { $standing })
engines-setting-separator = {"; "}
engines-as-default = all options at their defaults
engines-with-seed = seed { $seed }
engines-under-scenario = under the scenario “{ $scenario }”
engines-sentence = This setting: { $parts }.
engines-wrong = { $n ->
    [one] 1 value needs correcting
   *[other] { $n } values need correcting
  }
engines-wrong-missing = fill this in
engines-wrong-number = write a number
engines-wrong-integer = write a whole number
engines-wrong-least = at least { $n }
engines-wrong-most = at most { $n }
engines-wrong-over = more than { $n }
engines-wrong-under = less than { $n }
engines-wrong-choice = choose one of the list
engines-wrong-fewest = at least { $n } items
engines-wrong-most-items = at most { $n } items
engines-wrong-short = at least { $n } characters
engines-wrong-long = at most { $n } characters
engines-wrong-pattern = must look like { $pattern }
engines-wrong-json = this is not well-formed JSON
engines-label-modelled = What follows is computed by a model. It illustrates and never decides.
engines-label-synthetic = What follows holds synthetic data. It illustrates and never decides.
engines-label-assumed = What follows holds assumed data. It never decides.
engines-nothing = This run came to no figure: the tables or parameters are not at hand, or no statement asks for it.
engines-csv = Download CSV
engines-fold = Fold
engines-unfold = Show { $n } rows
engines-table-of = { $title }: table
engines-more-rows = { $n ->
    [one] Show 1 more row
   *[other] Show { $n } more rows
  }
engines-source = Source:
engines-findings = { $n ->
    [one] 1 finding
   *[other] { $n } findings
  }
engines-findings-search = Search the findings
engines-findings-cut = Only the first { $n } are listed.
engines-more-findings = Show { $n } more
engines-problems = { $n ->
    [one] 1 problem of the data
   *[other] { $n } problems of the data
  }
engines-origins = Origins it rests on
engines-manual = Manual
engines-method = Method
engines-assumptions = Assumptions
engines-not-for = When not to use it
engines-references = References
engines-tables = Tables it reads
engines-parameters = Parameters it uses
engines-parameters-note = Parameters are dated data with a reference in the dossier, never part of the program.
engines-parameter-missing = not given; add it to parameters.toml with its reference
engines-measures = Measures
engines-finds = finds
engines-needs = needs
engines-any-measure = any measure of the tables

run-cancel = Cancel
run-steps = { $done } of { $of }
run-state-waiting = waiting
run-state-running = running
run-state-cancelled = Cancelled. Nothing half-made was kept.
run-stage-dossier = reading the dossier
run-stage-claims = reading statements
run-stage-read = reading statements
run-stage-engine = running the model
run-stage-engines = running the models
run-stage-join = joining
run-stage-run = running
run-stage-ledger = joining
run-stage-judge = joining

scenarios-title = Scenarios
scenarios-lede = Which answers would change with other figures? What a scenario changes is graded assumed; the answers themselves stay as they are.
scenarios-none = The dossiers hold no scenario. Write one as a TOML file under scenarios/, with the rows it changes.
scenarios-of = dossier { $dossier }
scenarios-compare = Compare
scenarios-changes = { $n ->
    [0] No answer changes
    [one] 1 answer changes
   *[other] { $n } answers change
  }
scenarios-note = Left the answer as it is, right the answer under the scenario.
scenarios-becomes = becomes

engines-flow = Process map
engines-flow-rarest = Leave out ways rarer than { $share }% of the commonest
engines-flow-note = { $shown } of { $all } ways are drawn; the one on which most time is spent in all is coloured.
engines-flow-label = { $title }: { $steps } steps, { $ways } ways between them
engines-flow-hours = { $n } h
engines-flow-days = { $n } d

# Columns of results
column-from = from
column-to = to
column-cases = cases
column-median_hours = median, hours
column-p90_hours = 90th percentile, hours
column-step = step
column-days_lost = days in all
column-median_days = median, days
column-way = way
column-tree = procedure
column-region = region
column-period = period
column-items = matters
column-legal_limit = limit by law, working days
column-promised_limit = promised limit, working days
column-documents = documents
column-visits = visits
column-item = matter
column-other = other matter
column-likeness = likeness
column-days_saved = days saved
column-documents_saved = documents saved
column-year = year
column-wait = wait
column-scope = roster
column-decimals = decimals
column-edition = edition
column-published = published
column-text = text
column-list = list
column-title = title
column-id = id
column-kind = kind
column-note = note
column-code = code
column-trade = trade
column-stage = stage
column-total = total
column-done = done
column-due = due
column-earned = earned
column-spent = spent
column-p5 = 5th percentile
column-p95 = 95th percentile
column-shortfall = shortfall
column-load = load
column-ships = ships
column-subject = subject
column-measure = measure
column-value = value
column-unit = unit
column-rank = place
column-score = score
column-weight = weight
column-mean = mean
column-median = median
column-sd = standard deviation
column-low = low
column-high = high
column-p10 = 10th percentile
column-p50 = 50th percentile
column-p90 = 90th percentile
column-count = count
column-n = n
column-name = name
column-project = project
column-date = date
column-month = month
column-start = start
column-finish = finish
column-end = end
column-status = status
column-planned = planned
column-actual = actual
column-chamber = chamber
column-lockages = lockages
column-utilisation = utilisation
column-alternative = alternative
column-method = method
column-driver = driver
column-share = share
column-unit_id = unit

# Options
option-approvals-noise = Rare ways left out
option-approvals-noise-note = In discovery, ways rarer than this share (0 to 1) of a commonest step are put aside.
option-approvals-rows = Rows of a table
option-approvals-rows-note = No result table lists more rows than this.
option-locks-replications = Replications
option-locks-replications-note = At each level of traffic.
option-locks-days = Days
option-locks-days-note = Days counted in each replication.
option-locks-paths = Paths of growth
option-locks-paths-note = How many uncertain paths of growth are followed.
option-locks-hours = Hours a day, supposed
option-locks-hours-note = Left unset, the published hours are used.
option-locks-lines = Lines, up to
option-locks-lines-note = From 1 to 4 lines are tried.
option-locks-growth = Growth a year, supposed
option-locks-growth-note = 0.05 is 5%; left unset, the parameter is used.
option-projects-draws = Draws
option-projects-draws-note = The more, the steadier the interval.
