# 证据栏
evidence-neighbours = 前后各条
evidence-previous = 上一条
evidence-next = 下一条
evidence-stated = 原文所述
evidence-found = 查得
evidence-no-value = 没有数值
evidence-nothing = 没有同口径的数据
evidence-nothing-near = 没有同口径的数据；邻近的见下
evidence-margin = 余量
evidence-margin-to = （对{ $peer }）
evidence-robust = 稳健性
evidence-reasons = 原因
evidence-lacks = 缺少
evidence-listed = 所列
evidence-parts = 分项
evidence-near = 邻近的证据
evidence-near-note = 只列不判
evidence-bears = 相关的事实
evidence-differs = 差别：{ $differs }
evidence-origins = 来路
evidence-origins-near = 邻近证据的来路
evidence-origins-bearing = 相关事实的来路
evidence-weakest = 等级取其中最弱的一级
found-between = 第 { $least }–{ $most } 位
found-of = 共 { $of } 个
found-true = 属实
found-false = 不属实
margin-stated = 原文 { $stated }
margin-found = 查得 { $found }
margin-allows = 合乎“{ $stated }”的值
margin-apart = 差 { $distance }
unit-points = 个百分点
margin-label = 余量图：{ $band }的范围从 { $low } 到 { $high }；{ $found }；{ $distance }
robust-rounding = 少取一位小数
robust-ties = 并列换一种算法
robust-vintage = 只用成文时已公布的数
robust-stands = 不变
robust-may-change = 会变
robust-unknown = 未持有，不得而知

what-if-place = 若原文写的是第
what-if-place-after = 位
what-if-value = 若原文写的是
what-if-less = 减一格
what-if-more = 加一格
what-if-as-stated = 原文如此
what-if-margin = 与{ $peer }差 { $distance }
what-if-back = 回到原文
what-if-note = 只是假设：同一条查得的数据，换一个所述的值再对一次，什么也不保存。

missing-offer = 补上“{ $table }”，这一句就能判
missing-columns = 列
missing-rows = 行
missing-asked = 所问
missing-row-list = { $list }{ $more ->
    [0] {""}
   *[other] {" "}等，另 { $more } 行
  }
missing-see = 看这张表的样子

chain-publisher = 出版者
chain-title = 题名
chain-address = 读自
chain-primary = 原址
chain-repost = 转载，非原址
chain-published = 发布
chain-licence = 许可
chain-note = 须知
chain-file = 文件
chain-weakest = ← 最弱的一环
chain-more-cells = 另 { $cells } 格
origin-row = 第 { $row } 行 { $column }
origin-see-row = 到表里看这一行
origin-sheet = （工作表 { $sheet }）

method-card = 方法卡 · { $name }
method-how = 做法
method-assumptions = 前提
method-not-for = 不适用
method-references = 文献
method-engine = 到这个模型的页面，改选项再算

overrule-title = 人的判定
overrule-by = { $name } { $date } 改判为
overrule-apart = 这是人的判定，写在资料夹的 overrides.csv 里；下面仍是程序的结论，两者不混。
overrule-offer = 我有不同判断……
overrule-note = 写下姓名和理由。记在资料夹里，与程序的结论并列，处处注明是人的判定。
overrule-outcome = 改判为
overrule-choose = 请选
overrule-name = 姓名
overrule-reason = 理由
overrule-reason-hint = 依据是什么，在哪里可以查到
overrule-keep = 记下
overrule-kept = 已记下
overrule-incomplete = 请写全：改判为、姓名、理由

address-title = 永久地址
address-cite = 引用
address-cite-copy = 复制引文
address-key = 键：
cite-answer = 支点. “{ $title }”：{ $outcome }[DB/OL]. 文档 { $document } 第 { $number } 条. [{ $today }]. { $address }.{ $has ->
    [yes] {" "}数据来源：{ $sources }.
   *[no] {""}
  }

finding-kicker = 查得的数据
finding-tree = 这个数怎么来的
finding-tree-note = 自上而下：结果、算法、表里的行
finding-tree-label = 证据图：{ $steps } 步，{ $rows } 格；下面的清单是同样的内容
finding-list = 同样的内容，逐级列出
finding-folded = 另 { $count } 项同样算来
finding-unfold = 展开
finding-fold = 收起
finding-rests = 依据它的表述
finding-rests-none = 没有表述依据它
finding-downloads = 下载
finding-key = 键
finding-grade = 等级
finding-method = 方法
finding-csv-origin = 来源
finding-csv-file = 文件
finding-csv-sheet = 工作表
finding-csv-row = 行
finding-csv-column = 列
finding-csv-value = 值
finding-rows-csv = 所据各格 CSV
finding-tree-svg = 证据图 SVG
step-row = 行
step-parameter = 参数
step-derived = 算法
step-model = 模型
tree-row = { $file } 第 { $row } 行
tree-inputs = { $inputs } 项
