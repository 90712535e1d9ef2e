# 图
chart-source = 来源：{ $source }{ $more ->
    [0] {""}
   *[other] {" "}等，另 { $more } 处
  }
chart-source-unknown = 来源未注明
chart-join = ；
chart-table = 看表
chart-table-of = { $title }：表
chart-more-rows = 另有 { $rows } 行，见下载的 CSV
chart-download = 下载 { $format }
chart-open = 单独看
chart-address = 这幅图的永久地址
chart-place = { $shared ->
    [yes] 并列第 { $place } 位
   *[no] 第 { $place } 位
  }
chart-peers = 共 { $peers } 个
chart-gap = 差 { $gap }
chart-strip-title = { $own }在 { $peers } 个中居{ $place }{ $measured ->
    [yes] ，与{ $to }相差 { $gap }
   *[no] {""}
  }
chart-strip-label = 散点带：{ $title }。{ $list }
chart-column-place = 名次
chart-column-peer = 对象
chart-column-value = 值（{ $unit }）
chart-column-grade = 等级
chart-column-time = 时间
chart-own = 本地
chart-bump-title = { $own } { $from }—{ $to } 年名次：{ $places }
chart-bump-note = 名次，第一在上
chart-bump-label = 名次图：{ $title }。{ $list }
chart-hatched = 斜纹：弱来源
chart-hollow = 空心：
chart-missing = 缺数 { $count } 个：{ $list }{ $more ->
    [0] {""}
   *[other] {" "}等，另 { $more } 个
  }
chart-neighbours = 屏幕窄，只画本地和末年的前后邻；其余见表
chart-yearly = 逐年
chart-every = 每年 { $day }
chart-rows-label = 图：{ $title }。{ $series }，共 { $rows } 行；看表可读全部数字
chart-failed = 图没有载入；请看表
