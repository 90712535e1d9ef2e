//! Texts that are not UTF-8, turned into it while they are read.

use encoding_rs::{CoderResult, Decoder, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;
use std::io::Read;

/// The encoding the first bytes of a log are in, where it is not UTF-8: by its mark, by what XML declares, and for rows of text
/// GB18030 when they are no UTF-8 and are well-formed as GB18030, which is what offices in China export.
pub(super) fn of_head(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((marked, _)) = Encoding::for_bom(head) {
        return (marked != UTF_8).then_some(marked);
    }
    // A tag or a letter in two bytes, without a mark.
    match head {
        [b'<', 0, ..] => return Some(UTF_16LE),
        [0, b'<', ..] => return Some(UTF_16BE),
        _ => {}
    }
    match head.trim_ascii_start().first() {
        Some(b'<') => declared(head),
        Some(b'{') | None => None,
        _ if head.starts_with(b"SQLite format 3\0") || head.contains(&0) => None,
        _ if is_utf8_so_far(head) => None,
        _ => is_so_far(GB18030, head).then_some(GB18030),
    }
}

/// `<?xml version="1.0" encoding="GBK"?>`
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let declaration = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memmem::find(declaration, b"?>")?];
    let after = &declaration[memmem::find(declaration, b"encoding")? + b"encoding".len()..];
    let after = after.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, after) = after.split_first()?;
    let name = &after[..after.iter().position(|byte| byte == quote)?];
    // A declaration of two-byte text that can be read byte by byte is wrong.
    Encoding::for_label(name).filter(|found| *found != UTF_8 && *found != UTF_16LE && *found != UTF_16BE)
}

/// A character may be cut at the end of the head.
fn is_utf8_so_far(head: &[u8]) -> bool {
    std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true)
}

fn is_so_far(encoding: &'static Encoding, head: &[u8]) -> bool {
    let mut text = vec![0; head.len() * 3 + 8];
    let (result, ..) = encoding
        .new_decoder_without_bom_handling()
        .decode_to_utf8_without_replacement(head, &mut text, false);
    result == DecoderResult::InputEmpty
}

/// What stands for bytes that are no character of the encoding: a byte that is no UTF-8 either, so that the row or the event it
/// stands in is refused at its place.
const NO_TEXT: u8 = 0xFF;
const STEP: usize = 1 << 15;

/// A source in another encoding, read as UTF-8.
pub struct Decoded<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// What of `raw` is not yet decoded.
    left: std::ops::Range<usize>,
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(source: R, encoding: &'static Encoding) -> Self {
        Self {
            source,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; STEP],
            left: 0..0,
            text: Vec::new(),
            given: 0,
            ended: false,
        }
    }

    /// Decodes until there is text to give or the source is at its end.
    fn fill(&mut self) -> std::io::Result<()> {
        self.text.clear();
        self.given = 0;
        while self.text.is_empty() && !self.ended {
            if self.left.is_empty() {
                let count = super::xml::read_once(&mut self.source, &mut self.raw)?;
                self.left = 0..count;
                self.ended = count == 0;
            }
            self.decode();
        }
        Ok(())
    }

    fn decode(&mut self) {
        self.text.resize(STEP * 3 + 16, 0);
        let input = &self.raw[self.left.clone()];
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(input, &mut self.text, self.ended);
        self.text.truncate(written);
        self.left.start += read;
        if let DecoderResult::Malformed(..) = result {
            self.text.push(NO_TEXT);
            // There may be more at the end of the source.
            self.ended &= self.left.is_empty();
        }
        debug_assert!(!matches!(result, DecoderResult::OutputFull), "three bytes a byte are enough");
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.given == self.text.len() {
            self.fill()?;
        }
        let count = buffer.len().min(self.text.len() - self.given);
        buffer[..count].copy_from_slice(&self.text[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

/// The head as UTF-8, to see what it looks like.
pub(super) fn text(encoding: &'static Encoding, head: &[u8]) -> String {
    let mut text = String::with_capacity(head.len() * 3 + 16);
    let (result, ..) = encoding.new_decoder_with_bom_removal().decode_to_string(head, &mut text, false);
    debug_assert!(matches!(result, CoderResult::InputEmpty), "three bytes a byte are enough");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn through(bytes: &[u8], encoding: &'static Encoding) -> Vec<u8> {
        let mut out = Vec::new();
        Decoded::new(bytes, encoding).read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn encodings_are_told_by_mark_declaration_or_form() {
        let (gb, ..) = GB18030.encode("办件编号,环节,完成时间\n");
        assert_eq!(of_head(&gb), Some(GB18030));
        assert_eq!(of_head(&gb[..gb.len() - 12]), Some(GB18030), "cut within a character");
        assert_eq!(of_head("办件编号,环节".as_bytes()), None);
        assert_eq!(of_head(&"办件编号".as_bytes()[..7]), None, "cut within a character");
        assert_eq!(
            of_head(b"<?xml version=\"1.0\" encoding='GB2312'?><log/>").map(Encoding::name),
            Some("GBK")
        );
        assert_eq!(of_head(b"<?xml version=\"1.0\" encoding=\"utf-8\"?><log/>"), None);
        assert_eq!(of_head(b"\xff\xfec\0a\0s\0e\0"), Some(UTF_16LE));
        assert_eq!(of_head(b"case,\xff\xff"), None);
    }

    #[test]
    fn what_is_no_character_is_no_text() {
        assert_eq!(through(b"a\xff\xffb", GB18030), b"a\xff\xffb");
        assert_eq!(through(b"ab\x81", GB18030), b"ab\xff");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "\\PC{0,200}", many in 1_usize..400) {
            let text = text.repeat(many);
            let (bytes, ..) = GB18030.encode(&text);
            prop_assert_eq!(String::from_utf8(through(&bytes, GB18030)).unwrap(), text);
        }

        #[test]
        fn any_bytes_come_to_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            through(&bytes, GB18030);
            through(&bytes, UTF_16LE);
        }
    }
}
