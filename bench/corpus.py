"""A long text of the product's own words whose figures are known because they were put there.

Every paragraph states growth, a level, a rank or a count of a city, in the manner of a yearly report. The same seed gives
the same text on every machine. `paragraphs(...)` yields (text, values): values are the figures of the paragraph in base
units (2876亿元 is 287600000000), as decimal strings without trailing zeros.
"""
import random
from decimal import Decimal

CITIES = ["衢州市", "来宾市", "新乡市", "金华市", "丽水市", "柳州市", "焦作市", "安阳市", "湖州市", "嘉兴市"]
LEVELS = ["地区生产总值", "一般公共预算收入", "固定资产投资", "社会消费品零售总额", "规模以上工业增加值"]
GROWTHS = ["地区生产总值", "固定资产投资", "社会消费品零售总额", "城镇居民人均可支配收入", "农村居民人均可支配收入"]


def plain(value):
    """A decimal without exponent and trailing zeros."""
    text = format(Decimal(value).normalize(), "f")
    return text


def level(random):
    value = Decimal(random.randint(20_000, 999_999)) / 100
    measure, city, year = random.choice(LEVELS), random.choice(CITIES), random.randint(2012, 2024)
    return f"{year}年，{city}{measure}达到{value}亿元。", [plain(value * 100_000_000)]


def growth(random):
    value = Decimal(random.randint(11, 159)) / 10
    measure, city, year = random.choice(GROWTHS), random.choice(CITIES), random.randint(2012, 2024)
    word = random.choice(["比上年增长", "同比增长", "增长"])
    return f"{year}年，{city}{measure}{word}{value}%。", [plain(value)]


def both(random):
    amount, rate = Decimal(random.randint(20_000, 999_999)) / 100, Decimal(random.randint(11, 159)) / 10
    measure, city, year = random.choice(LEVELS), random.choice(CITIES), random.randint(2012, 2024)
    text = f"{year}年，{city}实现{measure}{amount}亿元，增长{rate}%。"
    return text, [plain(amount * 100_000_000), plain(rate)]


def count(random):
    projects, amount = random.randint(12, 980), random.randint(100, 4000)
    city, year = random.choice(CITIES), random.randint(2012, 2024)
    text = f"{year}年，{city}实施重点项目{projects}个，总投资{amount}亿元。"
    return text, [plain(projects), plain(amount * 100_000_000)]


def paragraphs(kilobytes, seed=1):
    """Paragraphs of together at least so many kilobytes of UTF-8."""
    source, size = random.Random(seed), 0
    while size < kilobytes * 1000:
        sentences = [source.choice([level, growth, both, count])(source) for _ in range(source.randint(2, 6))]
        text = "".join(sentence for sentence, _ in sentences)
        size += len(text.encode()) + 1
        yield text, [value for _, values in sentences for value in values]
