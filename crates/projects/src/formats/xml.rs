//! XML as a tree, with limits: no document type, no entities but the five of XML and characters, no depth or size without
//! end.

use quick_xml::{
    Reader, XmlVersion,
    escape::escape,
    events::{BytesStart, Event},
};
use std::fmt;

/// An element with its attributes, elements and text in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name as written, prefix included.
    pub name: String,
    /// Name and value.
    pub attributes: Vec<(String, String)>,
    /// What stands in it.
    pub children: Vec<Node>,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, unescaped.
    Text(String),
}

/// Why a text is refused, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlError {
    /// Bytes from the beginning.
    pub at: u64,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: {}", self.at, self.what)
    }
}

const DEEPEST: usize = 64;
const MOST_ELEMENTS: usize = 5_000_000;

/// Reads a document.
///
/// # Errors
/// See the module: a document type or an entity is refused, as are damaged and oversized documents.
pub fn read(text: &str) -> Result<Element, XmlError> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut elements = 0;
    loop {
        let at = reader.buffer_position();
        let wrong = |what: String| XmlError { at, what };
        let event = reader.read_event().map_err(|error| wrong(error.to_string()))?;
        match event {
            Event::Start(start) => {
                elements += 1;
                if open.len() >= DEEPEST || elements > MOST_ELEMENTS {
                    return Err(wrong(format!("more than {DEEPEST} levels or {MOST_ELEMENTS} elements")));
                }
                open.push(element(&start).map_err(wrong)?);
            }
            Event::Empty(start) => {
                elements += 1;
                let element = element(&start).map_err(wrong)?;
                close(element, &mut open, &mut root).map_err(wrong)?;
            }
            Event::End(_) => {
                let element = open.pop().ok_or_else(|| wrong("an end without a start".into()))?;
                close(element, &mut open, &mut root).map_err(wrong)?;
            }
            Event::Text(text) => {
                add_text(&mut open, &text.xml10_content());
            }
            Event::CData(text) => {
                add_text(&mut open, &text.xml10_content());
            }
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().map_err(|error| wrong(error.to_string()))?;
                let name = entity.xml10_content();
                let text = match (character, &*name) {
                    (Some(character), _) => character.to_string(),
                    (None, "lt") => "<".into(),
                    (None, "gt") => ">".into(),
                    (None, "amp") => "&".into(),
                    (None, "apos") => "'".into(),
                    (None, "quot") => "\"".into(),
                    (None, name) => return Err(wrong(format!("entity &{name}; is refused"))),
                };
                add_text(&mut open, &text);
            }
            Event::DocType(_) => {
                return Err(wrong("a document type is refused: it may define entities".into()));
            }
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => {
                return match (root, open.last()) {
                    (Some(root), None) => Ok(root),
                    (_, Some(element)) => Err(wrong(format!("the document ends within <{}>", element.name))),
                    (None, None) => Err(wrong("there is no element".into())),
                };
            }
        }
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let name = start.name().into_inner().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        attributes.push((attribute.key.into_inner().to_owned(), value.into_owned()));
    }
    Ok(Element { name, attributes, children: Vec::new() })
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) -> Result<(), String> {
    match open.last_mut() {
        Some(parent) => {
            // What only laid the document out before its first element.
            if matches!(parent.children.as_slice(), [Node::Text(text)] if text.trim().is_empty()) {
                parent.children.clear();
            }
            parent.children.push(Node::Element(element));
        }
        None if root.is_none() => *root = Some(element),
        None => return Err("there is more than one root".into()),
    }
    Ok(())
}

/// Text between elements that only lays the document out is not kept.
fn add_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    let layout =
        text.trim().is_empty() && parent.children.iter().any(|node| matches!(node, Node::Element(_)));
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ if layout => {}
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

impl Element {
    /// An element that holds a text.
    pub fn new(name: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        let children = if text.is_empty() { vec![] } else { vec![Node::Text(text)] };
        Self { name: name.into(), attributes: vec![], children }
    }

    /// An element that holds elements.
    pub fn of(name: &str, children: Vec<Element>) -> Self {
        Self {
            name: name.into(),
            attributes: vec![],
            children: children.into_iter().map(Node::Element).collect(),
        }
    }

    /// Its name without a prefix.
    pub fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or(&self.name)
    }

    /// The elements of a name in it.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter_map(move |node| match node {
            Node::Element(element) if element.local() == name => Some(element),
            _ => None,
        })
    }

    /// The first element of a name in it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.children.iter().find_map(|node| match node {
            Node::Element(element) if element.local() == name => Some(element),
            _ => None,
        })
    }

    /// Its own text, trimmed.
    pub fn own_text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect::<String>().trim().to_owned()
    }

    /// The text of an element in it; none when it is not there or empty.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(Self::own_text).filter(|text| !text.is_empty())
    }

    /// The document as XML.
    pub fn to_xml(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        self.write(&mut out, 0);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        let indent = "\t".repeat(depth);
        out.push_str(&format!("{indent}<{}", self.name));
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{}\"", escape(value.as_str())));
        }
        if self.children.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push('>');
        let has_elements = self.children.iter().any(|node| matches!(node, Node::Element(_)));
        if has_elements {
            out.push('\n');
        }
        for node in &self.children {
            match node {
                Node::Element(element) => element.write(out, depth + 1),
                Node::Text(text) => out.push_str(&escape(text.as_str())),
            }
        }
        out.push_str(&format!("{}</{}>\n", if has_elements { indent.as_str() } else { "" }, self.name));
    }
}
