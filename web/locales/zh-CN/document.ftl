# 文档页
document-text = 正文
document-overview = 总览
document-evidence = 证据
document-filter = 按结论筛选
document-tail = { $statements } 句{ $decided ->
    [0] {""}
   *[other] {" "}· { $decided } 句已判
  }{ $checked ->
    [0] {""}
   *[other] {" "}· { $checked } 句自查
  }{ $open ->
    [0] {""}
   *[other] {" "}· { $open } 句等补数据
  }
document-outcome = 结论：{ $word }
document-statement = 第 { $number } 句
document-pasted = 贴入的文稿，只在内存里
document-source = 出处：
document-titled = 《{ $title }》
document-in = 看{ $language }本
document-checklist = 核对表 .xlsx
document-report = 报告 .html
document-print = 打印版
document-offers = 补什么，能判什么
document-offer = 补一张表，可判 { $statements } 句
document-offers-note = 共 { $tables } 张表，补齐可再判 { $statements } 句。表到即重算，文稿不必改动。
document-offer-unit = 句
document-offer-table = 这张表要哪些列
document-offers-more = 另有 { $tables } 张
document-look = 先看这几处
document-lead-join = {" "}·{" "}
document-marks = 记号
document-grades = 来源的等级
document-grades-note = 一句的等级，取它所依据的最弱一级；模型推算、合成、假设只作示意，不作判据。
document-loose = 没有在正文中定位的表述
document-print-now = 打印
document-print-back = 回到文稿
document-answers = 逐句结论
document-column-number = 序号
document-column-outcome = 结论
document-column-statement = 原文
document-column-answer = 说明
document-column-grade = 等级
document-column-missing = 待补的表
document-list-join = 、
document-person = 人形：有人署名改判过；机器的结论仍照原样标出
