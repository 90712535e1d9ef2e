# Words used everywhere: outcomes, grades, reasons, what is lacking, moods, types
outcome-supported = supported
outcome-contradicted = contradicted
outcome-disputed = disputed
outcome-undecided = undecided
outcome-met = met
outcome-missed = missed
outcome-on_track = on track
outcome-off_track = off track
outcome-coherent = coherent
outcome-incoherent = incoherent
outcome-bearing = bearing

# Statements without a value to compare, by their shape
shape-goal = no measure
shape-proposal = proposal
shape-list = list

meaning-supported = the value found lies within what is stated
meaning-contradicted = same measure, subject, period, unit and scope, another value
meaning-disputed = equally good sources are at odds
meaning-undecided = can be decided, but data is missing; it says which
meaning-met = a target now due, and reached
meaning-missed = a target now due, and not reached
meaning-on_track = a target not yet due that the present pace reaches
meaning-off_track = a target not yet due that the present pace does not reach
meaning-coherent = the document agrees with itself; nothing is said about the world
meaning-incoherent = the document disagrees with itself
meaning-bearing = no value to compare: a goal, a proposal, a list; facts that bear on it are shown
meaning-goal = a goal that names nothing to measure it by
meaning-proposal = a request, neither true nor false; facts that bear on it are shown
meaning-list = a list, an action, a state; set beside registers and facts that bear on it

family-agree = agrees: solid line
family-against = is against it: double line
family-open = open: dotted line
family-word = words alone: dashed line; a hollow shape judges nothing

grade = grade of the source
grade-title = grade of the source: { $meaning }
grade-official = official
grade-media = media
grade-aggregator = aggregator
grade-unverified = unverified
grade-modelled = modelled
grade-synthetic = synthetic
grade-assumed = assumed
grade-meaning-official = the office that makes the figure
grade-meaning-media = a named medium
grade-meaning-aggregator = a third party’s copy or compilation
grade-meaning-unverified = a source that cannot be checked
grade-meaning-modelled = computed by a model; shown, never decides
grade-meaning-synthetic = made up to try something; shown, never decides
grade-meaning-assumed = assumed by a scenario or example; never decides
grade-never-decides = never decides

reason-no_finding = no figure was found
reason-period_differs = the period of the data differs
reason-subject_differs = the subject of the data differs
reason-scope_differs = the peers compared with differ
reason-unit_differs = the unit differs and does not convert
reason-measure_differs = the measure differs
reason-edition_differs = the figures belong to different editions
reason-straddles_rounding = the distance is within rounding
reason-tie = a tie: the place depends on how ties are broken
reason-readings_differ = the sentence admits several readings that differ
reason-sources_differ = the sources differ
reason-only_modelled = only modelled figures are held
reason-only_synthetic = only synthetic figures are held
reason-only_assumed = only assumed figures are held
reason-roster_incomplete = figures of some peers are missing
reason-term_undefined = a term of the statement is not defined
reason-no_engine = no method answers this question

lacks-measure = It names no measure. With a measure, a value and a year it can be followed up.
lacks-due_date = It names no date. With a due date it can be followed up.
lacks-register = There is no list or register of what it names. With one, each item can be checked.
lacks-nothing = It lacks nothing: it can be followed up as it stands.

kind-verdict = verdict
kind-coherence = coherence
kind-bearing = bearing
kind-meaning-verdict = it has a value: set beside the data
kind-meaning-coherence = the document against itself; nothing is said about the world
kind-meaning-bearing = no value to compare: facts that bear on it are shown

modality-fact = fact
modality-forecast = forecast
modality-target = target
modality-ongoing = ongoing
modality-proposal = proposal

type-quantity = quantity
type-growth = growth
type-rank = rank
type-status = status
type-enumeration = list
type-goal = goal
type-action = action
type-proposal = proposal

severity-warning = warning
severity-error = error: row left out
severity-fatal = fatal: table left out

statement-number = statement { $number }
overruled = overruled by a person
close = Close
copy = Copy
copied = Copied
copy-link = Copy the link
download = Download
table = Table
more = more
none = none
unknown = unknown
