# 指标的图
indicators-ranking = 名次
indicators-measure = 排名的指标
indicators-city = 看哪个城市
indicators-first = 谁在前
indicators-first-highest = 高者
indicators-first-lowest = 低者
indicators-highest = 数值高者在前
indicators-lowest = 数值低者在前
indicators-peers = 参照城市：{ $n } 个
indicators-peers-of = 在 { $n } 个城市中
indicators-peers-least = 至少三个城市
indicators-own-province = 本省各市
indicators-all-cities = 全部 { $n } 个
indicators-confirmed = 页面的计算与模型一致。
indicators-unconfirmed = 页面先行算出，等待模型核对。
indicators-bump-title = { $own }{ $measure }，{ $from } 年起的名次：{ $places }
indicators-year = 年份
indicators-interval-title = { $year } 年：{ $all } 个城市中 { $n } 个的名次取决于四舍五入
indicators-interval-note = 点为印出的名次，横条为末位数四舍五入所容许的名次，缺数的城市使其变宽；空心点来源较弱
indicators-interval-label = 名次区间图：{ $title }
indicators-interval = 第 { $place }，{ $sure ->
    [yes] 确定
   *[no] 可能在 { $least } 至 { $most } 之间
  }；{ $value }
indicators-least = 最好
indicators-most = 最差
indicators-levels = 指标树的层级
indicators-weight = 权重
indicators-weight-of = “{ $part }”的权重
indicators-less = 低者为优
indicators-own-part = { $own } { $score } 分，第 { $place }
indicators-score = 得分
indicators-score-moved = { $score } { $by }
indicators-index-note = 各指标按最小—最大值折成 0 至 100 分，逐层加权平均
indicators-weights-declared = 权重如声明。
indicators-weights-moved = 权重已改动，结果为假定。
indicators-weights-reset = 恢复声明的权重
indicators-index-title = { $node }：{ $own }在 { $of } 个城市中第 { $place }，第一是{ $first }
indicators-index-places-note = 点为现权重下的名次，横条为每个权重上下浮动时九成的名次；右为得分（0–100）
indicators-node-places-note = 点为这一部分的名次；右为得分（0–100）
indicators-index-place = 第 { $place }，权重浮动时九成在 { $low } 至 { $high } 之间；{ $score } 分
indicators-node-place = 第 { $place }；{ $score } 分
