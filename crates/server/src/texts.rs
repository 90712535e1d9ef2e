//! Texts that were pasted or dropped in: answered against the dossiers, held in memory alone.

use crate::{api::NewText, app::in_words, refusal::Refused, runs::Undone, view::View};
use axum::http::StatusCode;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::{collections::VecDeque, sync::Arc};
use zhidian_dossier::{Described, Document, Dossiers, Options, hex, read_bytes};
use zhidian_ledger::{AssessError, Registry, Run, assess};
use zhidian_model::{Stop, Text};
use zhidian_vocabulary::regions;

/// How many texts are held, and how many statements of them: an answered statement takes about twenty kilobytes.
const KEPT: usize = 20;
const STATEMENTS: usize = 60_000;
/// Largest text.
const LARGEST: usize = 8 << 20;

/// The texts that are held, oldest first.
#[derive(Default)]
pub(crate) struct Texts(VecDeque<Arc<View>>);

impl Texts {
    pub(crate) fn views(&self) -> Vec<Arc<View>> {
        self.0.iter().cloned().collect()
    }

    pub(crate) fn view(&self, document: &str) -> Option<Arc<View>> {
        self.0.iter().find(|view| view.document(document).is_some()).cloned()
    }

    /// What was pasted, to be answered again.
    pub(crate) fn inputs(&self) -> Vec<Document> {
        self.0.iter().flat_map(|view| view.dossiers.documents()).cloned().collect()
    }

    pub(crate) fn replace(&mut self, views: Vec<View>) {
        // What was added meanwhile stays until the next time.
        let again: Vec<Arc<View>> = views.into_iter().map(Arc::new).collect();
        let ids: Vec<&str> = again.iter().filter_map(|view| id_of(view)).collect();
        let others: Vec<Arc<View>> =
            self.0.iter().filter(|view| !id_of(view).is_some_and(|id| ids.contains(&id))).cloned().collect();
        self.0 = again.iter().cloned().chain(others).collect();
    }

    /// Adds a text; the oldest are dropped where there are too many.
    pub(crate) fn add(&mut self, view: View) {
        self.0.retain(|other| id_of(other) != id_of(&view));
        self.0.push_back(Arc::new(view));
        while self.0.len() > 1
            && (self.0.len() > KEPT || self.0.iter().map(|view| statements(view)).sum::<usize>() > STATEMENTS)
        {
            self.0.pop_front();
        }
    }
}

fn id_of(view: &View) -> Option<&str> {
    view.dossiers.documents().first().map(|document| document.id.as_str())
}

fn statements(view: &View) -> usize {
    view.ledger.assessment.answers.len()
}

/// What was pasted, checked as far as it can be before it is read.
#[derive(Debug)]
pub(crate) struct Pasted {
    bytes: Vec<u8>,
    name: String,
    dossier: String,
    dated: Option<Date>,
    region: Option<u32>,
}

impl Pasted {
    pub(crate) fn new(new: NewText, view: &View) -> Result<Self, Refused> {
        let given = |own: &&Described| own.given && own.name == new.dossier;
        let dossier = view.dossiers.manifest().dossiers.iter().find(given);
        let dossier = dossier.ok_or_else(|| Refused::missing(("资料夹", "dossier"), &new.dossier))?;
        let (bytes, name) = match (new.file, new.text.trim().is_empty()) {
            (Some(_), false) => {
                return Err(Refused::unfit(
                    "正文与文件只能给一样",
                    "failed to take both a text and a file: give one",
                ));
            }
            (None, true) => {
                return Err(Refused::unfit("没有正文", "failed to find a text: give one, or a file"));
            }
            (None, false) => (new.text.into_bytes(), "text.txt".to_owned()),
            (Some(file), true) => {
                let bytes = BASE64_STANDARD.decode(file.trim()).map_err(|_| {
                    Refused::unfit("文件不是有效的 base64", "failed to decode the file: it is no base64")
                })?;
                (bytes, new.name.clone().unwrap_or_else(|| "text.txt".to_owned()))
            }
        };
        if bytes.len() > LARGEST {
            return Err(Refused::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "文稿最多 8 MB",
                "failed to take the text: it has more than 8 MB",
            ));
        }
        let dated = match new.dated.as_deref().map(str::trim).filter(|dated| !dated.is_empty()) {
            None => dossier.reference_date,
            Some(dated) => Some(dated.parse().map_err(|_| {
                Refused::unfit(
                    "日期应写作 2021-03-06",
                    "failed to read the date: expected one such as 2021-03-06",
                )
            })?),
        };
        let known = new.region.is_none_or(|code| regions::by_code(code).is_some());
        if !known {
            return Err(Refused::unfit(
                "地区代码应为 GB/T 2260 的六位代码",
                "failed to find the region: expected a six-digit code of GB/T 2260",
            ));
        }
        Ok(Self { bytes, name, dossier: new.dossier, dated, region: new.region.or(dossier.region) })
    }

    /// The document that is answered.
    pub(crate) fn read(self) -> Result<Document, Text> {
        let (text, problems) = read_bytes(&self.name, &self.bytes, &Options::default());
        let text = text.ok_or_else(|| {
            let why = problems.first();
            let (found, remedy) = why.map_or((String::new(), Text::default()), |why| {
                (format!("{} {}", why.code, why.found), why.remedy.clone())
            });
            Text::new(
                format!("无法读取“{}”（{found}）：{}", self.name, remedy.zh),
                format!("failed to read “{}” ({found}): {}", self.name, remedy.en),
            )
        })?;
        let sha256 = hex(&Sha256::digest(&self.bytes));
        let about = format!("{}\n{:?}\n{:?}\n{sha256}", self.dossier, self.dated, self.region);
        let id = format!("text-{}", &hex(&Sha256::digest(about.as_bytes()))[..8]);
        let title = (self.name != "text.txt").then_some(self.name);
        Ok(Document {
            id,
            dossier: self.dossier,
            path: title.clone().unwrap_or_default(),
            title,
            language: language(&text).into(),
            dated: self.dated,
            region: self.region,
            translation_of: None,
            speaker: None,
            origin: None,
            text,
            sha256,
        })
    }
}

/// Chinese where a tenth of the letters are Han.
fn language(text: &str) -> &'static str {
    let letters = || text.chars().filter(|c| c.is_alphabetic()).take(20_000);
    let han = letters().filter(|c| ('\u{3400}'..='\u{9fff}').contains(c)).count();
    if han * 10 >= letters().count() { "zh" } else { "en" }
}

/// Answers a document in the place of those of the dossiers.
pub(crate) fn answer(dossiers: &Dossiers, document: Document, run: &Run<'_>) -> Result<View, Undone> {
    let laid = dossiers.with_documents(vec![document]);
    match assess(&laid, &Registry::standard(), run) {
        Ok(ledger) => Ok(View::new(laid, ledger, true)),
        Err(AssessError::Engine { stop: Stop::Cancelled, .. }) => Err(Undone::Cancelled),
        Err(error) => Err(Undone::Failed(in_words(&error))),
    }
}
