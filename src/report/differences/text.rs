//! Differences for people.

use super::{Became, Difference, Differences, WayView};
use crate::diagnostic::visible;
use crate::report::Paint;

/// All that differs, declaration by declaration, and the sums.
pub fn text(services: &[Differences], paint: Paint) -> String {
    let mut text = String::new();
    for service in services {
        if services.len() > 1 {
            text += &format!("{}\n\n", paint.heading(&format!("service {}", service.service)));
        }
        for difference in &service.differences {
            text += &one(difference, paint);
        }
        text += &format!("{}\n", sums(service));
    }
    visible(&text).into_owned()
}

fn one(difference: &Difference, paint: Paint) -> String {
    let name = paint.heading(format!("{} {}", difference.kind, difference.name).trim_end());
    let became = match (difference.became, difference.is_a_promise()) {
        (Became::New, true) => paint.good("  new: promised from now on"),
        (Became::New, false) => "  new".to_owned(),
        (Became::Gone, true) => paint.bad("  gone: no longer promised"),
        (Became::Gone, false) => "  gone".to_owned(),
        (Became::Changed, _) => String::new(),
    };
    let mut text = format!("{name}{became}\n");
    for way in &difference.looser {
        text += &format!("  {}    {}\n", paint.bad("looser"), sentence(way));
    }
    for way in &difference.stricter {
        text += &format!("  {}  {}\n", paint.good("stricter"), sentence(way));
    }
    for doubt in &difference.unclear {
        text += &format!("  {}   {doubt}\n", paint.warn("unclear"));
    }
    // What is new or gone as a whole begins with its own heading.
    let heading = usize::from(difference.became != Became::Changed);
    for line in difference.taken_out.iter().skip(heading) {
        text += &paint.faint(&format!("    - {line}\n"));
    }
    for line in difference.put_in.iter().skip(heading) {
        text += &paint.faint(&format!("    + {line}\n"));
    }
    text.push('\n');
    text
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
