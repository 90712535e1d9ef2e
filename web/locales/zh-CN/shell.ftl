# 顶栏与通用
brand = 支点
tagline = 文档即看板
tab-document = 文档
tab-text = 贴入文稿
tab-tables = 数据
tab-engines = 模型
tab-scenarios = 情景
skip = 跳到正文
loading = 正在读取……
not-found = 没有这个页面
failed = 出错了
try-again = 再试一次
