//! NDJSON as records: one object a line; `a.b` is the member `b` of the object `a`, or the member
//! called `a.b`.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::log::digest::{ColumnNumbers, put_under};
use crate::log::intake::Reason;
use crate::log::records::{Format, Presence, Records, Row};

/// One JSON object a line.
pub const FORMAT: Format = Format { name: "ndjson", endings: &[("ndjson", b','), ("jsonl", b',')], open };

fn open(bytes: &[u8], _: u8) -> Result<Box<dyn Records + '_>, Reason> {
    let wanted = Wanted::default();
    let (seen, names, met) = (Vec::new(), Vec::new(), Vec::new());
    Ok(Box::new(NdjsonRecords { bytes, next: 0, line: 0, raw: &[], wanted, seen, names, met }))
}

/// The records of an NDJSON file.
struct NdjsonRecords<'a> {
    bytes: &'a [u8],
    next: usize,
    line: u64,
    raw: &'a [u8],
    wanted: Wanted,
    seen: Vec<bool>,
    names: Vec<String>,
    /// Which columns and parents the record has had so far.
    met: Vec<bool>,
}

/// The paths asked for.
#[derive(Default)]
struct Wanted {
    columns: HashMap<String, usize>,
    /// The paths of objects that hold a path asked for, numbered behind the columns.
    parents: HashMap<String, usize>,
}

impl<'a> NdjsonRecords<'a> {
    /// Moves to the next line that is not blank.
    fn advance(&mut self) -> Option<&'a [u8]> {
        loop {
            let rest = self.bytes.get(self.next..).filter(|rest| !rest.is_empty())?;
            let line = rest.split_inclusive(|byte| *byte == b'\n').next()?;
            self.next += line.len();
            self.line += 1;
            if !line.trim_ascii().is_empty() {
                self.raw = line;
                return Some(line.trim_ascii());
            }
        }
    }

    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<(), Reason> {
        row.cells.resize_with(self.seen.len(), String::new);
        row.cells.iter_mut().for_each(String::clear);
        if !line.starts_with(b"{") {
            return Err(Reason::NotAnObject);
        }
        let text = std::str::from_utf8(line).map_err(|error| Reason::NotJson { at: error.valid_up_to() + 1 })?;
        self.met.fill(false);
        let mut repeated = None;
        let mut names = self.names.is_empty().then(Vec::new);
        let mut json = serde_json::Deserializer::from_str(text);
        let object = Object {
            path: "",
            wanted: &self.wanted,
            cells: &mut row.cells,
            seen: &mut self.seen,
            met: &mut self.met,
            repeated: &mut repeated,
            names: names.as_mut(),
        };
        object
            .deserialize(&mut json)
            .and_then(|()| json.end())
            .map_err(|error| Reason::NotJson { at: error.column() })?;
        self.names.extend(names.unwrap_or_default());
        repeated.map_or(Ok(()), |path| Err(Reason::RepeatedMember { path }))
    }
}

impl Records for NdjsonRecords<'_> {
    fn header(&self) -> Option<&[String]> {
        None
    }

    fn project(&mut self, names: &[String]) {
        let columns = names.iter().enumerate().map(|(index, name)| (name.clone(), index)).collect();
        let dots = |name: &'_ String| name.match_indices('.').map(|(dot, _)| dot).collect::<Vec<_>>();
        let parent = |name: &String, dot: usize| name.get(..dot).unwrap_or_default().to_owned();
        let mut parents = HashMap::new();
        for parent in names.iter().flat_map(|name| dots(name).into_iter().map(move |dot| parent(name, dot))) {
            let number = names.len() + parents.len();
            parents.entry(parent).or_insert(number);
        }
        self.met = vec![false; names.len() + parents.len()];
        self.wanted = Wanted { columns, parents };
        self.seen = vec![false; names.len()];
    }

    fn next(&mut self, row: &mut Row) -> Option<Result<(), Reason>> {
        let line = self.advance()?;
        row.line = self.line;
        Some(self.read(line, row))
    }

    fn whole(&self, columns: &mut ColumnNumbers, bytes: &mut Vec<u8>) {
        let line = std::str::from_utf8(self.raw.trim_ascii()).unwrap_or_default();
        let mut cells = Vec::new();
        // What is no object was told when it was read.
        let _: Result<(), serde_json::Error> = flatten("", line, columns, &mut cells);
        cells.sort();
        for (column, text) in &cells {
            put_under(bytes, *column, text.as_bytes());
        }
    }

    fn raw(&self) -> &[u8] {
        self.raw
    }

    fn lines(&self) -> u64 {
        1
    }

    fn position(&self) -> usize {
        self.next
    }

    fn presence(&self) -> Presence<'_> {
        Presence { seen: &self.seen, names: &self.names }
    }
}

/// An object on its way into cells: members that nobody asked for are passed over.
struct Object<'a> {
    path: &'a str,
    wanted: &'a Wanted,
    cells: &'a mut [String],
    seen: &'a mut [bool],
    met: &'a mut [bool],
    /// The first path that stood twice.
    repeated: &'a mut Option<String>,
    names: Option<&'a mut Vec<String>>,
}

#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        while let Some(Text(key)) = members.next_key()? {
            let path = if self.path.is_empty() { key } else { Cow::Owned(format!("{}.{key}", self.path)) };
            if let Some(names) = &mut self.names {
                names.push(path.to_string());
            }
            let column = self.wanted.columns.get(path.as_ref()).copied();
            let parent = self.wanted.parents.get(path.as_ref()).copied();
            for number in [column, parent].into_iter().flatten() {
                self.meet(number, &path);
            }
            if column.is_none() && parent.is_none() {
                members.next_value::<IgnoredAny>()?;
                continue;
            }
            let value: &RawValue = members.next_value()?;
            // Its own place is told as one in the value: the reader of the line knows the one in the line.
            let broken = |_| A::Error::custom("a value that cannot be read");
            if parent.is_some() && value.get().starts_with('{') {
                self.member(&path, value).map_err(broken)?;
            }
            if let Some(column) = column {
                self.fill(column, value).map_err(broken)?;
            }
        }
        Ok(())
    }
}

impl Object<'_> {
    /// Meets a path: once in a record.
    fn meet(&mut self, number: usize, path: &str) {
        let Some(met) = self.met.get_mut(number) else { return };
        if std::mem::replace(met, true) && self.repeated.is_none() {
            *self.repeated = Some(path.to_owned());
        }
    }

    fn member(&mut self, path: &str, value: &RawValue) -> Result<(), serde_json::Error> {
        let names = self.names.as_deref_mut();
        let (cells, seen, met) = (&mut *self.cells, &mut *self.seen, &mut *self.met);
        let object = Object { path, wanted: self.wanted, cells, seen, met, repeated: self.repeated, names };
        object.deserialize(&mut serde_json::Deserializer::from_str(value.get()))
    }

    fn fill(&mut self, column: usize, value: &RawValue) -> Result<(), serde_json::Error> {
        if let Some(seen) = self.seen.get_mut(column) {
            *seen = true;
        }
        let Some(cell) = self.cells.get_mut(column) else { return Ok(()) };
        cell.clear();
        cell.push_str(&text_of(value)?);
        Ok(())
    }
}

/// Text without its quotes, nothing for `null`, a whole number without `.0`, all else as it is spelled: `1.10` stays
/// `1.10`.
fn text_of(value: &RawValue) -> Result<Cow<'_, str>, serde_json::Error> {
    match value.get() {
        "null" => Ok(Cow::Borrowed("")),
        text if text.starts_with('"') => match serde_json::from_str::<Text<'_>>(text)?.0 {
            Cow::Borrowed(text) => Ok(Cow::Borrowed(text.trim())),
            Cow::Owned(text) => Ok(Cow::Owned(text.trim().to_owned())),
        },
        number => Ok(Cow::Borrowed(without_zeros(number))),
    }
}

/// `1.0` is the number `1`: programs that know no whole numbers write it so, and a case would be two.
fn without_zeros(number: &str) -> &str {
    let whole = number.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|digit| digit == b'0'));
    whole.map_or(number, |(whole, _)| whole)
}

/// The cells of an object and of the objects in it, each under the number of its path.
fn flatten(
    path: &str,
    object: &str,
    columns: &mut ColumnNumbers,
    cells: &mut Vec<(u32, String)>,
) -> Result<(), serde_json::Error> {
    for (key, value) in serde_json::from_str::<BTreeMap<Cow<'_, str>, &RawValue>>(object)? {
        let path = if path.is_empty() { key } else { Cow::Owned(format!("{path}.{key}")) };
        match value.get() {
            inner if inner.starts_with('{') => flatten(&path, inner, columns, cells)?,
            _ => cells.push((columns.of(&path), text_of(value)?.into_owned())),
        }
    }
    Ok(())
}
