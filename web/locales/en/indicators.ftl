# The charts of indicators
indicators-ranking = Places
indicators-measure = Measure ranked
indicators-city = City shown
indicators-first = First is
indicators-first-highest = the highest
indicators-first-lowest = the lowest
indicators-highest = the highest first
indicators-lowest = the lowest first
indicators-peers = Peers: { $n } cities
indicators-peers-of = among { $n } cities
indicators-peers-least = three cities at least
indicators-own-province = cities of the province
indicators-all-cities = all { $n }
indicators-confirmed = The page’s figures equal the model’s.
indicators-unconfirmed = Computed in the page; the model has yet to confirm it.
indicators-bump-title = { $own }, { $measure }: places from { $from } on: { $places }
indicators-year = Year
indicators-interval-title = { $year }: of { $all } cities, the places of { $n } turn on rounding
indicators-interval-note = The point is the place as printed, the bar what rounding of the last digit allows; cities without a figure widen it; hollow points have weak sources
indicators-interval-label = Intervals of places: { $title }
indicators-interval = place { $place }, { $sure ->
    [yes] sure
   *[no] maybe { $least } to { $most }
  }; { $value }
indicators-least = best
indicators-most = worst
indicators-levels = Levels of the tree
indicators-weight = weight
indicators-weight-of = Weight of “{ $part }”
indicators-less = less is better
indicators-own-part = { $own } { $score }, place { $place }
indicators-score = score
indicators-score-moved = { $score } { $by }
indicators-index-note = each indicator is brought to 0–100 between its extremes and averaged up the tree by weight
indicators-weights-declared = Weights as declared.
indicators-weights-moved = The weights were moved: the result is assumed.
indicators-weights-reset = Back to the declared weights
indicators-index-title = { $node }: { $own } is { $place } of { $of }, { $first } is first
indicators-index-places-note = The point is the place under these weights, the bar nine in ten places when every weight varies; right the score (0–100)
indicators-node-places-note = The point is the place of this part; right the score (0–100)
indicators-index-place = place { $place }, nine in ten between { $low } and { $high } when weights vary; score { $score }
indicators-node-place = place { $place }; score { $score }
