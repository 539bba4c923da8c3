//! Differences for people.

use super::{Became, Difference, Differences, WayView};

use crate::report::{Format, Lines, Paint, Style, WriteError};

/// All that differs, declaration by declaration, and the sums.
#[derive(Debug)]
pub struct Text;

impl Format<[Differences]> for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn about(&self) -> &'static str {
        "For people"
    }

    fn write(&self, services: &[Differences], style: Style) -> Result<String, WriteError> {
        Ok(text(services, style.paint))
    }
}

fn text(services: &[Differences], paint: Paint) -> String {
    Lines::of(paint, |lines| {
        for service in services {
            if services.len() > 1 {
                let heading = lines.paint.heading(&format!("service {}", service.service));
                lines.line(&heading);
                lines.line("");
            }
            for difference in &service.differences {
                one(difference, lines);
            }
            lines.line(&sums(service));
        }
    })
}

fn one(difference: &Difference, lines: &mut Lines) {
    let paint = lines.paint;
    let name = paint.heading(format!("{} {}", difference.kind, difference.name).trim_end());
    let became = match (difference.became, difference.is_a_promise()) {
        (Became::New, true) => paint.good("  new: promised from now on"),
        (Became::New, false) => "  new".to_owned(),
        (Became::Gone, true) => paint.bad("  gone: no longer promised"),
        (Became::Gone, false) => "  gone".to_owned(),
        (Became::Changed, _) => String::new(),
    };
    lines.line(&format!("{name}{became}"));
    for way in &difference.looser {
        lines.line(&format!("  {}    {}", paint.bad("looser"), sentence(way)));
    }
    for way in &difference.stricter {
        lines.line(&format!("  {}  {}", paint.good("stricter"), sentence(way)));
    }
    for doubt in &difference.unclear {
        lines.line(&format!("  {}   {doubt}", paint.warn("unclear")));
    }
    // What is new or gone as a whole begins with its own heading.
    let heading = usize::from(difference.became != Became::Changed);
    for line in difference.taken_out.iter().skip(heading) {
        lines.line(&paint.faint(&format!("    - {line}")));
    }
    for line in difference.put_in.iter().skip(heading) {
        lines.line(&paint.faint(&format!("    + {line}")));
    }
    lines.line("");
}

fn sentence(way: &WayView) -> String {
    format!("{}: {} → {}", way.about, way.before, way.now)
}

/// `2 promises looser, 1 stricter, 1 unclear; 12 declarations the same`
fn sums(service: &Differences) -> String {
    if service.differences.is_empty() {
        return "nothing differs".into();
    }
    let promises = |count: usize| if count == 1 { "1 promise".to_owned() } else { format!("{count} promises") };
    format!(
        "{} looser, {} stricter, {} unclear; {} differ, {} are the same",
        promises(service.looser),
        service.stricter,
        service.unclear,
        match service.differences.len() {
            1 => "1 declaration".to_owned(),
            count => format!("{count} declarations"),
        },
        service.same
    )
}
