//! Runs of provinces' one-character names: 浙皖闽赣, 京津冀, 川渝地区, 浙、闽、赣、皖四省.
use std::iter::Peekable;
use std::str::CharIndices;

use super::super::{Region, abbreviation};
use super::Mention;
use super::edges::WORDS;

/// The shortest run that speaks for itself; two signs, or a list with 、, need a word after them that says that places are
/// meant. A single character never is one.
const SPEAKS: usize = 3;

/// One run of signs, and where it ends.
struct Run {
    signs: Vec<(usize, &'static Region)>,
    listed: bool,
    end: usize,
}

/// The provinces named by runs of their signs, outside the mentions found so far, which come in order.
pub(super) fn runs(text: &str, taken: &[Mention]) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut taken = taken.iter().map(|mention| &mention.range).peekable();
    let mut chars = text.char_indices().peekable();
    while let Some(&(at, c)) = chars.peek() {
        while taken.next_if(|range| range.end <= at).is_some() {}
        let free = taken.peek().is_none_or(|range| at < range.start);
        if !free || abbreviation(c).is_none() {
            chars.next();
            continue;
        }
        let limit = taken.peek().map_or(text.len(), |range| range.start);
        let run = read(&mut chars, limit);
        if is_meant(&run, &text[run.end..]) {
            found.extend(run.signs.into_iter().map(|(at, region)| {
                let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
                Mention { range: at..end, region, ambiguous: false }
            }));
        }
    }
    found
}

/// The run that starts here, up to a limit.
fn read(chars: &mut Peekable<CharIndices<'_>>, limit: usize) -> Run {
    let mut run = Run { signs: Vec::new(), listed: false, end: 0 };
    while let Some(&(at, c)) = chars.peek().filter(|(at, _)| *at < limit) {
        match abbreviation(c) {
            Some(region) => {
                run.signs.push((at, region));
                run.end = at + c.len_utf8();
            }
            None if c == '、' && run.end == at => run.listed = true,
            None => break,
        }
        chars.next();
    }
    run
}

fn is_meant(run: &Run, after: &str) -> bool {
    let mut codes: Vec<u32> = run.signs.iter().map(|(_, region)| region.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let distinct = codes.len() == run.signs.len();
    // 粤港澳大湾区 is one area with a name of its own, not three places.
    let area = after.starts_with("大湾区");
    let said = WORDS.after.iter().any(|word| after.starts_with(word));
    let speaks = run.signs.len() >= SPEAKS && !run.listed;
    distinct && !area && (speaks || (run.signs.len() >= 2 && said))
}
