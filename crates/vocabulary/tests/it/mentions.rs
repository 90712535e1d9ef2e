//! Places in running text.
use zhidian_vocabulary::regions::mentions;

/// What is found, as `words=code`, with `?` where nothing decides between homonyms.
fn found(text: &str, within: Option<u32>) -> String {
    mentions(text, within)
        .into_iter()
        .map(|m| format!("{}={}{}", &text[m.range], m.region.code, if m.ambiguous { "?" } else { "" }))
        .collect::<Vec<_>>()
        .join(" ")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(found(text, None), expected, "{text}");
}

#[track_caller]
fn check_within(text: &str, within: u32, expected: &str) {
    assert_eq!(found(text, Some(within)), expected, "{text} within {within}");
}

#[test]
fn composes_from_the_outer_to_the_inner() {
    check("广西来宾市合山市", "广西来宾市合山市=451381");
    check("河南省新乡市经济增长3.2%", "河南省新乡市=410700");
    check("浙江衢州的增速", "浙江衢州=330800");
    check("中国广西壮族自治区柳州市", "中国广西壮族自治区柳州市=450200");
    check("北京市朝阳区", "北京市朝阳区=110105");
    check("界定为全国资源枯竭城市", "全国=100000");
    check("广西资源丰富", "广西=450000");
    check("济南市市中区", "济南市市中区=370103");
    check("新乡市长垣市", "新乡市长垣市=410783");
    check("河南省济源市", "河南省济源市=419001");
    check("Quzhou, Zhejiang", "Quzhou, Zhejiang=330800");
    check("Laibin City in Guangxi", "Laibin City in Guangxi=451300");
    check("the city of Quzhou, Zhejiang Province, ranks third", "Quzhou, Zhejiang Province=330800");
}

#[test]
fn keeps_neighbours_apart() {
    check("衢州、金华、丽水三市", "衢州=330800 金华=330700 丽水=331100");
    check("焦作、济源", "焦作=410800 济源=419001");
    check("甘肃白银市白银区的白银产业", "甘肃白银市白银区=620402 白银=620400");
    check("北京市朝阳区。朝阳的", "北京市朝阳区=110105 朝阳=110105");
    check("柳州、来宾、河池", "柳州=450200 来宾=451300 河池=451200");
    check("河南、浙江", "河南=410000 浙江=330000");
    check("全国和浙江省", "全国=100000 浙江省=330000");
}

#[test]
fn does_not_fire_inside_words() {
    for text in [
        "城区面积",
        "县域经济",
        "加强合作",
        "市中区",
        "扩大同比增幅",
        "创新乡村治理",
        "资金华而不实",
        "出海口",
        "公安阳光执法",
        "各位来宾",
        "其中国有企业",
        "健全国有资产管理",
        "巩固原有成果",
        "均衡水平",
        "黄河南岸",
        "推广东西协作",
        "集中卫生资源",
        "创新余地",
        "确保定期",
        "华东营商环境",
        "效益阳光",
        "长白山",
        "江山如画",
        "互助通道",
        "平台州级",
        "美丽水乡",
    ] {
        check(text, "");
    }
}

#[test]
fn does_not_fire_inside_other_names() {
    for text in [
        "中科院沈阳自动化研究所",
        "新乡村",
        "南京路步行街",
        "河南师范大学",
        "新乡医学院",
        "浙江大学",
        "郑州机场",
        "杭州银行",
        "杭州海康威视数字技术股份有限公司",
        "浙江巨化集团",
        "衢州日报",
        "中山大道",
        "钱塘江大桥",
        "河南省科学院",
        "新乡市第一人民医院",
        "中国科学院",
        "中国移动",
        "宁德时代",
    ] {
        check(text, "");
    }
}

#[test]
fn keeps_the_place_before_an_ordinary_noun() {
    check("衢州市委市政府", "衢州市=330800");
    check("新乡高新区", "新乡=410700");
    check("衢州重点企业集团化发展", "衢州=330800");
    check("吉林市场监管", "吉林=220000");
    check("新乡县域经济", "新乡=410700");
    check("衢州桥头堡", "衢州=330800");
    check("衢州乡村振兴", "衢州=330800");
    check("创新乡市品牌", "新乡市=410700");
    check("贵阳大数据产业", "贵阳=520100");
}

#[test]
fn short_names_of_counties_and_words_need_a_sign() {
    check("江山、开化", "");
    check_within("江山、开化、龙游三地", 330_800, "江山=330881 开化=330824 龙游=330825");
    check_within("合山是煤都", 451_300, "合山=451381");
    check("衢州江山的木门", "衢州江山=330881");
    check("义乌小商品", "");
    check("义乌市的小商品。义乌人", "义乌市=330782 义乌=330782");
    check("来宾三江口新区", "");
    check_within("来宾三江口新区", 451_300, "来宾=451300");
    check("来宾市打造新城。来宾港", "来宾市=451300");
    check_within("红旗渠精神", 410_700, "");
}

#[test]
fn homonyms_say_so() {
    check("鼓楼区", "鼓楼区=320106?");
    check("南京市的鼓楼区", "南京市=320100 鼓楼区=320106?");
    check_within("鼓楼区", 350_100, "鼓楼区=350102");
    check("福州市的发展，鼓楼区领先", "福州市=350100 鼓楼区=350102?");
    check("Taizhou grew", "Taizhou=321200?");
    check("Taizhou, Zhejiang", "Taizhou, Zhejiang=331000");
    check_within("Taizhou grew", 330_000, "Taizhou=331000");
}

#[test]
fn provinces_by_one_character_only_in_runs() {
    check("浙皖闽赣四省边际", "浙=330000 皖=340000 闽=350000 赣=360000");
    check("京津冀", "京=110000 津=120000 冀=130000");
    check("川渝地区", "川=510000 渝=500000");
    check("地处浙、闽、赣、皖四省边际", "浙=330000 闽=350000 赣=360000 皖=340000");
    check("粤港澳大湾区", "");
    check("京沪高铁", "");
    check("甲、乙、新、老", "");
    check("川流不息", "");
    check("新青年", "");
    check("云贵高原", "");
}

#[test]
fn english_names_are_whole_words() {
    check("Henan Province and Xinxiang County", "Henan Province=410000 Xinxiang County=410721");
    check("Henanese food", "");
    check("Jiangshan is lovely", "");
    check("China's cities", "China=100000");
    for text in [
        "Henan Normal University",
        "Beijing Road",
        "the Bank of China",
        "Zhejiang University",
        "the Guangdong–Hong Kong–Macao Greater Bay Area",
        "the Shenyang Institute of Automation",
    ] {
        check(text, "");
    }
}

/// Texts made to be slow are read in time that grows with their length: 2¹⁸ bytes in seconds, not minutes.
#[test]
fn hostile_texts_are_read_in_linear_time() {
    for piece in [
        "浙皖闽赣",
        "衢州科技",
        "财经政法",
        "鼓楼区、",
        "创新",
        "资金华",
        "衢州",
        "南京市鼓楼区",
        "中科院沈阳",
        "Taizhou ",
        "市",
        "新乡村",
        "来宾、",
    ] {
        let text = piece.repeat((1 << 18) / piece.len());
        let start = std::time::Instant::now();
        mentions(&text, Some(330_800));
        assert!(start.elapsed().as_secs() < 10, "{piece} took {:?}", start.elapsed());
    }
}
