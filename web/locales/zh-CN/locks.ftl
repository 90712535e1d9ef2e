# 船闸的图
locks-view = 船闸的一天与需要扩能的年份
locks-alternatives = 方案
locks-alternative = { $lines } 线 · 每天 { $hours } 小时
locks-synthetic = 船舶由设定的船型构成随机生成，不是实际过闸记录；尺寸和时间取自所列的表与参数。
locks-lines-assumed = 二线以上的闸室尺寸未公布，按与一线相同假定。
locks-supposed = 每天小时数或增长率是假定的，结果只供参考。
locks-mean-wait = 平均待闸
locks-most-waiting = 最多候闸
locks-lockages = 闸次
locks-per-lockage = 每闸船数
locks-need = 过半可能超限的首年
locks-need-none = { $year } 年前不会
locks-need-note = 标准：平均 { $mean } 小时，九成 { $p90 } 小时以内
locks-only-grows = 只增不减
locks-hours = { $n } 小时
locks-ships = { $n } 艘
locks-ships-about = { $n } 艘
locks-at-traffic = 按日均 { $n } 艘
locks-on-that-day = 图示的一天
locks-passed = 当天过 { $n } 艘
locks-area = 闸室面积平均用 { $n }%
locks-play = 播放
locks-pause = 暂停
locks-before = 上一闸
locks-after = 下一闸
locks-clock = 一天中的时刻
locks-up = 上行
locks-down = 下行
locks-upstream = 上游
locks-downstream = 下游
locks-ready = 待命
locks-closed = 不开放，到 { $until }
locks-empty = 空放，{ $way }
locks-lockage = { $way }，{ $ships } 艘，面积用 { $area }%
locks-chamber = { $chamber } 号闸室
locks-chamber-does = { $chamber } 号闸室：{ $does }
locks-size = { $length } × { $width } 米
locks-ship = { $size }，{ $before ->
    [yes] 零点前 { $arrival } 到
   *[no] { $arrival } 到
  }，等了 { $waited } 小时
locks-above = 上游：{ $ships } 艘等候下行{ $beyond ->
    [0] {""}
   *[other] （图外 { $beyond } 艘）
  }
locks-below = 下游：{ $ships } 艘等候上行{ $beyond ->
    [0] {""}
   *[other] （图外 { $beyond } 艘）
  }
locks-plan-title = { $time }：闸内 { $inside } 艘，上游候 { $down } 艘，下游候 { $up } 艘
locks-plan-note = 俯视，船与闸室同一比例；虚线是船与船之间的安全距离；船头所指为航向，左为上游
locks-plan-label = 船闸俯视图：{ $title }
locks-where = 位置
locks-class = 船型
locks-length = 长（米）
locks-beam = 宽（米）
locks-way = 方向
locks-arrival = 到达
locks-place = 距闸门；距左壁（米）
locks-gantt-title = { $name }：一天 { $lockages } 闸过 { $ships } 艘，最多 { $most } 艘候闸
locks-gantt-note = 上排浅条为上行闸次，下排深条为下行闸次，数字为船数；细线为空放，斜线为不开放；红线为图示时刻
locks-gantt-label = 甘特图：{ $title }
locks-waiting = 候闸船舶，最多 { $ships } 艘
locks-chamber-column = 闸室
locks-kind = 类别
locks-kind-lockage = 过闸
locks-kind-empty = 空放
locks-kind-closed = 不开放
locks-start = 开始
locks-end = 结束
locks-ships-column = 船数
locks-area-column = 面积用（%）
locks-fan-title = { $name }：从 { $year } 年起，平均待闸过半可能超出标准
locks-fan-now = { $name }：眼下（{ $year } 年）就过半可能超出标准
locks-fan-none = { $name }：{ $year } 年前不太可能超出标准
locks-fan-note = 平均待闸，小时；每年增长 { $growth }%（有起伏），由 { $from } 年日均 { $ships } 艘起算；深带为五成路径，浅带为九成，线为中位
locks-fan-label = 扇形图：{ $title }
locks-fan-axis = 小时
locks-fan-limit = 标准 { $limit } 小时
locks-fan-need = { $year } 年
locks-fan-year = 中位 { $median } 小时，九成在 { $low } 至 { $high } 之间；超限可能 { $exceed }
locks-over = ≥{ $n }
locks-percent = { $n }%
locks-year = 年份
locks-exceed = 超限可能
locks-fan-beyond = 超出图外，候闸只会变长
