# 审批的图
approvals-by = 线的粗细与首列数字
approvals-by-cases = 按件数
approvals-by-time = 按时间
approvals-by-cases-note = 线越粗，走这一步的件数越多；首列为件数，其后为中位用时。
approvals-by-time-note = 线越粗，中位用时越长；首列为中位用时，其后为件数。
approvals-part = { $from } → { $to }
approvals-others = 其余 { $n } 段
approvals-office-days = 合计（工作日）
approvals-rest = 休息日、节假日
approvals-calendar-days = 合计（自然日）
approvals-days = { $n } 天
approvals-waterfall-title = 平均每件 { $total } 天，其中工作日 { $office } 天；最多的一段是“{ $part }”，{ $days } 天
approvals-waterfall-note = 每件平均天数，由上到下相接；黄为等候，蓝为办理，斜线为休息日与节假日
approvals-waterfall-note-waiting = 每件平均天数，由上到下相接；记录只有完成时刻，等候与办理无法分开，都算等候；斜线为休息日与节假日
approvals-waterfall-label = 瀑布图：{ $title }
approvals-waited-worked = 等候 { $waited } 天，办理 { $worked } 天
approvals-part-column = 段
approvals-waiting-column = 等候（天）
approvals-working-column = 办理（天）
approvals-plan = 时限规划
approvals-item = 事项
approvals-all-items = 全部事项
approvals-confidence = 要多大把握
approvals-limit = 试一个承诺时限
approvals-working-days = { $n } 个工作日
approvals-plan-title = { $confidence }% 的办件在 { $likely } 个工作日内办完{ $known ->
    [yes] ；计入样本误差，可承诺 { $safe } 个工作日
   *[no] ；办件太少，还不足以承诺
  }
approvals-plan-none = 没有可供规划的办件
approvals-plan-note = 按工作日计，首日不计；共 { $n } 件；阶梯为按期比例，带为 95% 区间（Wilson）
approvals-plan-label = 时限规划图：{ $title }
approvals-plan-kept = 若承诺 { $limit } 个工作日：{ $share }% 能按期（95% 区间 { $low }–{ $high }%），{ $all } 件中 { $late } 件超期。
approvals-try = 试 { $n } 天
approvals-promised-now = 现承诺 { $n } 天
approvals-at = { $days } 个工作日内 { $cases } 件，{ $share }%
approvals-working-days-column = 工作日
approvals-done-column = 累计办结（件）
approvals-share-column = 比例（%）
approvals-low-column = 下限（%）
approvals-high-column = 上限（%）
