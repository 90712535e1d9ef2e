# The evidence panel
evidence-neighbours = neighbouring statements
evidence-previous = previous statement
evidence-next = next statement
evidence-stated = stated
evidence-found = found
evidence-no-value = no value
evidence-nothing = nothing at this key
evidence-nothing-near = nothing at this key; near findings below
evidence-margin = margin
evidence-margin-to = {" "}to { $peer }
evidence-robust = robustness
evidence-reasons = why not more
evidence-lacks = lacks
evidence-listed = lists
evidence-parts = Part by part
evidence-near = Near evidence
evidence-near-note = shown, never judged with
evidence-bears = What bears on it
evidence-differs = differs: { $differs }
evidence-origins = Where it comes from
evidence-origins-near = Where the near evidence comes from
evidence-origins-bearing = Where these facts come from
evidence-weakest = the weakest grade counts
found-between = places { $least }–{ $most }
found-of = of { $of }
found-true = true
found-false = not true
margin-stated = stated { $stated }
margin-found = found { $found }
margin-allows = values that make it “{ $stated }”
margin-apart = { $distance } apart
unit-points = percentage points
margin-label = Margin: { $band }, from { $low } to { $high }; { $found }; { $distance }
robust-rounding = one decimal less
robust-ties = ties broken otherwise
robust-vintage = as published by then
robust-stands = stands
robust-may-change = may change
robust-unknown = not held, unknown

what-if-place = If the text had said place
what-if-place-after = {""}
what-if-value = If the text had said
what-if-less = one step less
what-if-more = one step more
what-if-as-stated = as it stands in the text
what-if-margin = { $distance } from { $peer }
what-if-back = Back to the text
what-if-note = A supposition: the same finding joined with another stated value. Nothing is kept.

missing-offer = “{ $table }” would decide this statement
missing-columns = columns
missing-rows = rows
missing-asked = asked
missing-row-list = { $list }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
  }
missing-see = See what this table looks like

chain-publisher = publisher
chain-title = title
chain-address = read at
chain-primary = publisher’s own
chain-repost = repost, not the publisher’s own
chain-published = published
chain-licence = licence
chain-note = note
chain-file = file
chain-weakest = ← the weakest link
chain-more-cells = { $cells } more cells
origin-row = row { $row }, { $column }
origin-see-row = See this row in its table
origin-sheet = (sheet { $sheet })

method-card = Method: { $name }
method-how = how
method-assumptions = assumptions
method-not-for = not for
method-references = references
method-engine = To the page of this model, to move its options and run it again

overrule-title = A person’s answer
overrule-by = { $name }, { $date }, answers
overrule-apart = A person’s answer, kept in the dossier’s overrides.csv. The program’s own answer stands below; the two are never mixed.
overrule-offer = I judge otherwise…
overrule-note = Give your name and a reason. It is kept in the dossier beside the program’s answer and shown as a person’s everywhere.
overrule-outcome = answer
overrule-choose = choose
overrule-name = name
overrule-reason = reason
overrule-reason-hint = What it rests on and where that can be read
overrule-keep = Keep
overrule-kept = Kept
overrule-incomplete = Give an answer, a name and a reason

address-title = Permanent address
address-cite = Cite
address-cite-copy = Copy the citation
address-key = key:
cite-answer = Zhidian, “{ $title }”: { $outcome }. Document { $document }, statement { $number }. Accessed { $today }. { $address }{ $has ->
    [yes] . Data: { $sources }.
   *[no] .
  }

finding-kicker = Finding
finding-tree = Where this figure comes from
finding-tree-note = From the top: the result, how it was computed, the rows of tables
finding-tree-label = Graph of evidence: { $steps } steps, { $rows } cells; the list below holds the same
finding-list = The same as a list
finding-folded = { $count } more computed alike
finding-unfold = unfold
finding-fold = fold
finding-rests = Statements that rest on it
finding-rests-none = No statement rests on it
finding-downloads = Downloads
finding-key = key
finding-grade = grade
finding-method = method
finding-csv-origin = origin
finding-csv-file = file
finding-csv-sheet = sheet
finding-csv-row = row
finding-csv-column = column
finding-csv-value = value
finding-rows-csv = cells as CSV
finding-tree-svg = graph as SVG
step-row = row
step-parameter = parameter
step-derived = operator
step-model = model
tree-row = { $file }, row { $row }
tree-inputs = { $inputs } inputs
