# Charts
chart-source = Source: { $source }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
  }
chart-source-unknown = Source not stated
chart-join = {"; "}
chart-table = Table
chart-table-of = { $title }: table
chart-more-rows = { $rows } more rows in the CSV
chart-download = Download { $format }
chart-open = On its own
chart-address = The permanent address of this figure
chart-place = { $shared ->
    [yes] place { $place }, shared
   *[no] place { $place }
  }
chart-peers = { $peers } peers
chart-gap = { $gap } apart
chart-strip-title = { $own }: { $place } of { $peers }{ $measured ->
    [yes] , { $gap } from { $to }
   *[no] {""}
  }
chart-strip-label = Dot strip: { $title }. { $list }
chart-column-place = place
chart-column-peer = peer
chart-column-value = value ({ $unit })
chart-column-grade = grade
chart-column-time = time
chart-own = this place
chart-bump-title = { $own }, { $from }–{ $to }, places by year: { $places }
chart-bump-note = place, the first on top
chart-bump-label = Bump chart: { $title }. { $list }
chart-hatched = hatched: weak source
chart-hollow = Hollow:
chart-missing = No figure for { $count }: { $list }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
  }
chart-neighbours = On a narrow screen only this line and its last neighbours are drawn; the rest is in the table
chart-yearly = by year
chart-every = every { $day }
chart-rows-label = Chart: { $title }. { $series }, { $rows } rows; the table view holds every figure
chart-failed = The chart did not load; see the table
