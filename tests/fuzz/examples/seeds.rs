//! Writes what fuzzing starts from, out of the files of the project: a corpus for each target, and the
//! keywords of the language.

use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

/// What stands between standards, or a mapping, and the log that goes with them; as the targets know it.
const LOG: &str = "--- log\n";

fn main() -> Result<()> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = home.join("../..");
    let mut standards = Vec::new();
    for folder in ["standards", "examples", "tests", "grammar"] {
        texts(&project.join(folder), &mut standards)?;
    }
    let mut seeds = Seeds { home, count: 0 };
    for text in &standards {
        let without_log = text.split(LOG).next().unwrap_or_default();
        seeds.write(&["check", "format"], without_log)?;
        // A large file takes its time, and hides what is small in it.
        if text.len() < 4096 {
            seeds.write(&["judge"], text)?;
        }
    }
    for mapping in MAPPINGS {
        for log in LOGS {
            seeds.write(&["log"], &format!("{mapping}{LOG}{log}"))?;
        }
    }
    let words = fs::read_to_string(project.join("grammar/words.pest"))?;
    // A dictionary spells what is not ASCII byte by byte.
    let spelled = |word: &str| word.bytes().map(|byte| format!("\\x{byte:02x}")).collect::<String>();
    let words = words.split('"').skip(1).step_by(2).map(|word| format!("\"{}\"\n", spelled(word)));
    fs::write(home.join("keywords.dict"), words.collect::<String>())?;
    println!("{} seeds", seeds.count);
    Ok(())
}

struct Seeds<'a> {
    home: &'a Path,
    count: usize,
}

impl Seeds<'_> {
    fn write(&mut self, targets: &[&str], text: &str) -> Result<()> {
        for target in targets {
            let folder = self.home.join("corpus").join(target);
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(format!("seed-{}", self.count)), text)?;
        }
        self.count += 1;
        Ok(())
    }
}

/// Standards files, cases of `tests/eval`, the pairs of sentences of `tests/chinese`, and the examples of
/// the reference, wherever they are.
fn texts(folder: &Path, found: &mut Vec<String>) -> Result<()> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        match path.extension().and_then(|ending| ending.to_str()) {
            _ if path.is_dir() && path.ends_with("fuzz") => {}
            _ if path.is_dir() => texts(&path, found)?,
            Some("mot" | "case") => found.extend(fs::read_to_string(&path)),
            Some("txt") if path.ends_with("pairs.txt") => found.extend(pairs(&fs::read_to_string(&path)?)),
            Some("md") => {
                let text = fs::read_to_string(&path)?;
                found
                    .extend(text.split("```").skip(1).step_by(2).map(|code| code.trim_start_matches("mot").to_owned()));
            }
            _ => {}
        }
    }
    Ok(())
}

/// A few sentences together: on its own, each is too small a start.
fn pairs(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with(['#', '['])).collect();
    let side = |index: usize| {
        let of = move |line: &&str| line.split(" ⟷ ").nth(index).map(|sentence| format!("{sentence}\n"));
        lines.chunks(12).map(move |lines| lines.iter().filter_map(of).collect::<String>())
    };
    side(0).chain(side(1)).collect()
}

const MAPPINGS: [&str; 5] = [
    "case: case\nevent: event\ntime: time\ntimezone: Asia/Shanghai\nactor: actor\nrole: role\n",
    "format: csv\ndelimiter: \";\"\ntimezone: UTC\ntime_format: [\"%d/%m/%Y %H:%M\", epoch s, epoch ms, \"%Y-%m-%dT%H:%M:%S%z\"]\n\
     missing: [\"?\", NULL]\ncase: [case, event]\nevent: [event, priority]\ntime: time\n\
     events: {opened: ticket.opened, closed: ticket.resolved}\nignore: [noise]\n\
     fields:\n  priority: {column: priority, values: {1: low, 2: high}}\nties: [ticket.opened, ticket.resolved]\n",
    "case: case\ntimezone: Europe/Berlin\nsnapshots: {by: time}\ntimes:\n  time: ticket.opened\n  deadline: [ticket.resolved, call.answered]\n",
    "format: ndjson\ncase: case\nevent: event\ntime: time\ntimezone: Asia/Shanghai\nfields:\n  customer.tier: customer.tier\n  ticket.opened.priority: a.b\n",
    "case: &c case\nevent: *c\ntime: 'time'\nrole: {column: role, values: {A: agent}, otherwise: agent}\n",
];

const LOGS: [&str; 4] = [
    "case,event,time,actor,role,priority,customer.id,customer.tier,deadline\n\
     1,ticket.opened,2026-03-02 09:07:18,a,agent,low,C1,basic,\n\
     1,\"ticket.resolved\",2026-03-02T10:07:18Z,,,high,\"C\"\"1\",gold,2026-03-29 02:30\n2,opened,9/2/2026 01:16,,,,,,\n",
    "case;event;time;priority;deadline\r\n1;opened;1772413200;1;\r\n2;noise;2026-03-02 09:00;2;9999-12-31\r\n",
    "{\"case\": \"1\", \"event\": \"ticket.opened\", \"time\": \"2026-03-02 09:07:18\", \"customer\": {\"tier\": \"gold\", \"id\": \"7\"}}\n\
     {\"case\": 2, \"event\": \"call.answered\", \"time\": 1772413200, \"a\": {\"b\": null}, \"customer.tier\": \"\\u91d1\"}\n",
    "",
];
