//! Bytes to text: which encoding a file is in, and what does not agree with what it says of itself.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use sha2::{Digest, Sha256};

use crate::faults::{At, ENCODING_BOM, ENCODING_DIFFERS, ENCODING_LEGACY, ENCODING_UNKNOWN, Faults};
use crate::folder::hex;

/// How much of a file is looked at to guess a legacy encoding.
const SAMPLE: usize = 1 << 20;

/// How much of a file is read or decoded at once.
const CHUNK: usize = 64 << 10;

/// What one pass over a file tells.
#[derive(Debug)]
pub(crate) struct Survey {
    /// Its size in bytes.
    pub(crate) size: u64,
    /// SHA-256 in hexadecimal.
    pub(crate) sha256: String,
    /// The mark at its start, with its length.
    mark: Option<(&'static Encoding, usize)>,
    /// Is all of it UTF-8?
    utf8: bool,
    /// Its beginning.
    sample: Vec<u8>,
}

impl Survey {
    /// Looks at every byte once, holding no more than a megabyte.
    pub(crate) fn of(mut file: impl Read) -> io::Result<Self> {
        let (mut size, mut hash, mut sample) = (0_u64, Sha256::new(), Vec::new());
        let mut utf8 = Utf8Check::new();
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = match file.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let bytes = &chunk[..read];
            size += read as u64;
            hash.update(bytes);
            utf8.feed(bytes, false);
            let room = SAMPLE.saturating_sub(sample.len());
            sample.extend_from_slice(&bytes[..read.min(room)]);
        }
        utf8.feed(&[], true);
        let mark = Encoding::for_bom(&sample);
        Ok(Self { size, sha256: hex(&hash.finalize()), mark, utf8: utf8.valid, sample })
    }

    /// The encoding to read the file in. A mark at its start wins, then the declared encoding if the file can be in it,
    /// then what the bytes look like. What does not agree is noted.
    pub(crate) fn encoding(
        &self,
        declared: Option<&str>,
        at: At<'_>,
        faults: &mut Faults,
    ) -> &'static Encoding {
        let label = declared.and_then(|label| {
            let label = label.trim();
            // Python's name for UTF-8 with a mark.
            let plain = if label.eq_ignore_ascii_case("utf-8-sig") { "utf-8" } else { label };
            let known = Encoding::for_label(plain.as_bytes());
            if known.is_none() {
                faults.add(ENCODING_UNKNOWN, at, label, "utf-8 or gb18030");
            }
            // A superset reads every file of the older encodings.
            known.map(|known| if known == GBK { GB18030 } else { known })
        });
        if let Some((mark, _)) = self.mark {
            if mark == UTF_8 {
                let says_so = declared.is_some_and(|label| label.eq_ignore_ascii_case("utf-8-sig"));
                if !says_so {
                    faults.add(ENCODING_BOM, at, "byte order mark", "UTF-8 without a mark");
                }
            } else {
                faults.add(ENCODING_LEGACY, at, mark.name(), "UTF-8");
            }
            return mark;
        }
        let found = self.guess();
        let ascii = self.utf8 && self.sample.is_ascii();
        match label {
            Some(label) if label == found || ascii => label,
            Some(label) => {
                faults.add(ENCODING_DIFFERS, at, found.name(), label.name());
                if self.can_be(label) { label } else { found }
            }
            None => {
                if found != UTF_8 {
                    faults.add(ENCODING_LEGACY, at, found.name(), "UTF-8");
                }
                found
            }
        }
    }

    /// What the bytes look like.
    fn guess(&self) -> &'static Encoding {
        if let Some(wide) = wide(&self.sample) {
            return wide;
        }
        if self.utf8 {
            return UTF_8;
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&self.sample, self.size as usize == self.sample.len());
        let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
        if guess == GBK || self.reads_as_hanzi() { GB18030 } else { guess }
    }

    /// A small file gives a detector little to go by: bytes that are all GB18030 and hold common Chinese are taken so.
    fn reads_as_hanzi(&self) -> bool {
        if !self.can_be(GB18030) {
            return false;
        }
        let (text, _, _) = GB18030.decode(&self.sample);
        let (mut hanzi, mut other) = (0, 0);
        for c in text.chars().filter(|c| !c.is_ascii()) {
            let common = ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3000}'..='\u{303f}').contains(&c);
            if common { hanzi += 1 } else { other += 1 }
        }
        hanzi > 4 * other
    }

    fn can_be(&self, encoding: &'static Encoding) -> bool {
        if encoding == UTF_8 {
            return self.utf8;
        }
        // The sample may end within a character: what is cut off at its end says nothing.
        let whole = self.size as usize == self.sample.len();
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut out = vec![0; CHUNK];
        let mut rest = &self.sample[..];
        loop {
            let (result, read, _) = decoder.decode_to_utf8_without_replacement(rest, &mut out, whole);
            rest = &rest[read..];
            match result {
                encoding_rs::DecoderResult::InputEmpty => return true,
                encoding_rs::DecoderResult::OutputFull => {}
                encoding_rs::DecoderResult::Malformed(..) => return false,
            }
        }
    }
}

/// UTF-16 without a mark shows as zeros in every other byte.
fn wide(sample: &[u8]) -> Option<&'static Encoding> {
    let head = &sample[..sample.len().min(4096)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, enough) = (zeros(0), zeros(1), head.len() / 8);
    if head.len() < 8 {
        None
    } else if odd > enough && even * 8 < odd {
        Some(UTF_16LE)
    } else if even > enough && odd * 8 < even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Validity of UTF-8 over chunks.
struct Utf8Check {
    decoder: encoding_rs::Decoder,
    out: Vec<u8>,
    valid: bool,
}

impl Utf8Check {
    fn new() -> Self {
        Self { decoder: UTF_8.new_decoder_without_bom_handling(), out: vec![0; CHUNK], valid: true }
    }

    fn feed(&mut self, mut bytes: &[u8], last: bool) {
        while self.valid {
            let (result, read, _) =
                self.decoder.decode_to_utf8_without_replacement(bytes, &mut self.out, last);
            bytes = &bytes[read..];
            match result {
                encoding_rs::DecoderResult::InputEmpty => return,
                encoding_rs::DecoderResult::OutputFull => {}
                encoding_rs::DecoderResult::Malformed(..) => self.valid = false,
            }
        }
    }
}

/// The whole text of some bytes, without their mark. What means nothing in the encoding becomes U+FFFD.
pub(crate) fn text(bytes: Vec<u8>, encoding: &'static Encoding) -> String {
    if encoding == UTF_8 {
        match String::from_utf8(bytes) {
            Ok(text) => match text.strip_prefix('\u{feff}') {
                Some(rest) => rest.to_owned(),
                None => text,
            },
            Err(error) => encoding.decode_with_bom_removal(error.as_bytes()).0.into_owned(),
        }
    } else {
        encoding.decode_with_bom_removal(&bytes).0.into_owned()
    }
}

/// Decodes a file chunk by chunk, without its mark. What means nothing in the encoding becomes U+FFFD.
pub(crate) fn stream(
    mut file: impl Read,
    encoding: &'static Encoding,
    see: &mut dyn FnMut(&str) -> std::ops::ControlFlow<()>,
) -> io::Result<()> {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let (mut chunk, mut out) = (vec![0; CHUNK], String::with_capacity(4 * CHUNK));
    loop {
        let read = match file.read(&mut chunk) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let mut rest = &chunk[..read];
        loop {
            out.clear();
            let (result, used, _) = decoder.decode_to_string(rest, &mut out, read == 0);
            rest = &rest[used..];
            if see(&out).is_break() {
                return Ok(());
            }
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        if read == 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::ControlFlow;

    fn read(bytes: &[u8], declared: Option<&str>) -> (String, Vec<String>) {
        let mut faults = Faults::new(10);
        let survey = Survey::of(bytes).unwrap();
        let encoding = survey.encoding(declared, At::file("f"), &mut faults);
        let whole = text(bytes.to_vec(), encoding);
        let mut streamed = String::new();
        stream(bytes, encoding, &mut |part| {
            streamed.push_str(part);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(whole, streamed);
        (whole, faults.finish().into_iter().map(|problem| problem.code).collect())
    }

    const WORDS: &str = "地区,名称\n330800,衢州市\n";

    #[test]
    fn every_usual_encoding_is_read() {
        let gb = GB18030.encode(WORDS).0.into_owned();
        let wide: Vec<u8> = WORDS.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xff\xfe".to_vec(), wide].concat();
        let bom = ["\u{feff}", WORDS].concat();
        let none: &[String] = &[];
        assert_eq!(read(WORDS.as_bytes(), None), (WORDS.into(), none.to_vec()));
        assert_eq!(read(WORDS.as_bytes(), Some("utf-8")), (WORDS.into(), none.to_vec()));
        assert_eq!(read(bom.as_bytes(), Some("utf-8")), (WORDS.into(), vec!["encoding.bom".into()]));
        assert_eq!(read(bom.as_bytes(), Some("utf-8-sig")), (WORDS.into(), vec![]));
        assert_eq!(read(&gb, None), (WORDS.into(), vec!["encoding.legacy".into()]));
        assert_eq!(read(&gb, Some("gb18030")), (WORDS.into(), vec![]));
        assert_eq!(read(&gb, Some("utf-8")), (WORDS.into(), vec!["encoding.differs".into()]));
        assert_eq!(read(&gb, Some("klingon")).0, WORDS);
        assert_eq!(read(&marked, None), (WORDS.into(), vec!["encoding.legacy".into()]));
    }

    #[test]
    fn utf16_without_a_mark_shows_by_its_zeros() {
        let words = "subject,measure,value\n330800,gdp,1639.12\n";
        let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&wide, None).0, words);
    }

    #[test]
    fn a_declared_encoding_wins_where_the_bytes_allow_it() {
        let (_, codes) = read(WORDS.as_bytes(), Some("gb18030"));
        assert_eq!(codes, ["encoding.differs"]);
    }
}
