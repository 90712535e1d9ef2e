# 各处共用的词：结论、来源等级、理由、欠缺、语气、类型
outcome-supported = 证实
outcome-contradicted = 不符
outcome-disputed = 存疑
outcome-undecided = 待定
outcome-met = 完成
outcome-missed = 未完成
outcome-on_track = 达标
outcome-off_track = 滞后
outcome-coherent = 自洽
outcome-incoherent = 自相矛盾
outcome-bearing = 参考

# 没有可比之值的表述，按形状叫
shape-goal = 无尺
shape-proposal = 建议
shape-list = 清单

meaning-supported = 查得的值落在原文所述的范围里
meaning-contradicted = 指标、对象、时段、单位、口径都相同，而值不同
meaning-disputed = 同等可靠的来源互不一致
meaning-undecided = 可以判，但数据不足；写明缺什么
meaning-met = 目标已到期，实绩达到
meaning-missed = 目标已到期，实绩没有达到
meaning-on_track = 目标未到期，按现有进度可以达到
meaning-off_track = 目标未到期，按现有进度达不到
meaning-coherent = 原文前后一致；不涉及外部事实
meaning-incoherent = 原文前后不一致
meaning-bearing = 没有可比的值：目标、建议或列举；列出相关事实
meaning-goal = 是目标，但没有说用什么量
meaning-proposal = 提出的请求，无所谓真伪；列出相关事实
meaning-list = 列举、举措或现状；逐项对照名录与相关事实

family-agree = 相合：实线
family-against = 相左：双线
family-open = 未决：点线
family-word = 只有话：虚线；空心形状表示不作判断

grade = 来源等级
grade-title = 来源等级：{ $meaning }
grade-official = 官方
grade-media = 媒体
grade-aggregator = 汇编转录
grade-unverified = 未核实
grade-modelled = 模型推算
grade-synthetic = 合成
grade-assumed = 假设
grade-meaning-official = 编制数字的机关自己发布
grade-meaning-media = 署名媒体的报道
grade-meaning-aggregator = 第三方转录或汇编
grade-meaning-unverified = 来源无法核对
grade-meaning-modelled = 由模型推算，只作参考，不作判据
grade-meaning-synthetic = 为试验而造，只作示意，不作判据
grade-meaning-assumed = 情景或示例中的假设，不作判据
grade-never-decides = 不作判据

reason-no_finding = 没有查到相应的数据
reason-period_differs = 数据的时段与原文不同
reason-subject_differs = 数据的对象与原文不同
reason-scope_differs = 比较的范围与原文不同
reason-unit_differs = 单位不同，不能换算
reason-measure_differs = 指标与原文不同
reason-edition_differs = 数据出自不同版次
reason-straddles_rounding = 差距小于取整的误差
reason-tie = 并列，名次取决于怎样处理并列
reason-readings_differ = 原文有不止一种读法，结论随读法而变
reason-sources_differ = 来源之间不一致
reason-only_modelled = 只有模型推算的数据
reason-only_synthetic = 只有合成数据
reason-only_assumed = 只有假设的数据
reason-roster_incomplete = 同列单位的数据不全
reason-term_undefined = 原文的用语没有定义
reason-no_engine = 没有能回答这一问题的方法

lacks-measure = 没有说用什么指标衡量。写上指标、数值和年份，这一句就能跟踪。
lacks-due_date = 没有说到什么时候。写上期限，这一句就能跟踪。
lacks-register = 没有相应的名录或清单。有了名录，就能逐项核对。
lacks-nothing = 表述完整，可以直接跟踪。

kind-verdict = 判定
kind-coherence = 自查
kind-bearing = 参考
kind-meaning-verdict = 有值可比：与查得的数据对照
kind-meaning-coherence = 原文与自身对照，不涉及外部事实
kind-meaning-bearing = 没有可比的值：列出相关事实

modality-fact = 事实
modality-forecast = 预计
modality-target = 目标
modality-ongoing = 在做
modality-proposal = 建议

type-quantity = 数量
type-growth = 增速
type-rank = 名次
type-status = 名录
type-enumeration = 列举
type-goal = 目标
type-action = 举措
type-proposal = 建议

severity-warning = 提示
severity-error = 错误：该行未用
severity-fatal = 严重：整表未用

statement-number = 第 { $number } 条
overruled = 已由人改判
close = 关闭
copy = 复制
copied = 已复制
copy-link = 复制链接
download = 下载
table = 表
more = 更多
none = 无
unknown = 不详
