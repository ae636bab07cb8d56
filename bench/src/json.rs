//! All figures of a run, for other programs.

use serde_json::{Value, json};

use crate::goals::Outcome;
use crate::machine::Facts;
use crate::results::Row;

/// The run as one JSON object, with a line for each race and each goal. Times are
/// medians, in nanoseconds, for the whole work: a call for an array, or one for
/// each of its values.
pub(crate) fn text(facts: &Facts, rounds: usize, rows: &[Row], goals: &[Outcome]) -> String {
    let facts = facts.iter().map(|(name, text)| (*name, text.as_str()));
    let machine: Value = facts.collect();
    let rows: Vec<_> = rows.iter().map(row).collect();
    let goals: Vec<_> = goals.iter().map(goal).collect();
    format!(
        "{{\n\"machine\": {machine:#},\n\"rounds\": {rounds},\n\
         \"rows\": [\n{}\n],\n\"goals\": [\n{}\n]\n}}\n",
        rows.join(",\n"),
        goals.join(",\n")
    )
}

fn row(row: &Row) -> String {
    let times = row.timings.iter();
    let times = times.map(|timing| (timing.name.as_str(), rounded(timing.nanoseconds, 1e3)));
    json!({
        "operation": row.operation,
        "values": row.values,
        "data": row.data,
        "nanoseconds": times.collect::<Value>(),
        "wrong": row.wrong().collect::<Vec<_>>(),
    })
    .to_string()
}

fn goal(goal: &Outcome) -> String {
    let reached = goal.reached.as_ref();
    json!({
        "goal": goal.what,
        "bound": goal.bound,
        "worst": reached.map(|(worst, _, _)| rounded(*worst, 1e4)),
        "best": reached.map(|(_, best, _)| rounded(*best, 1e4)),
        "worst_at": reached.map(|(_, _, place)| place),
        "measured": goal.cases.0,
        "cases": goal.cases.1,
        "met": goal.met,
    })
    .to_string()
}

/// Rounded to a fraction of one: later digits are noise.
fn rounded(value: f64, parts: f64) -> Value {
    json!((value * parts).round() / parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Timing;

    #[test]
    fn a_run_is_written_in_the_form_that_the_readme_shows() {
        let timing = |name: &str, nanoseconds, wrong| Timing {
            name: name.to_string(),
            nanoseconds,
            wrong,
        };
        let row = Row {
            operation: "sum",
            values: 8,
            data: "money",
            timings: vec![timing("we", 2.5004, false), timing("liar", 8.0, true)],
        };
        let goal = Outcome {
            what: "\"small\"".to_string(),
            bound: ">= 1 x liar".to_string(),
            reached: Some((3.2, 4.00004, "8 money".to_string())),
            absent: None,
            cases: (1, 3),
            met: true,
        };
        let facts = vec![("cpu", "a\nb".to_string())];
        let expected = r#"{
"machine": {
  "cpu": "a\nb"
},
"rounds": 7,
"rows": [
{"operation":"sum","values":8,"data":"money","nanoseconds":{"we":2.5,"liar":8.0},"wrong":["liar"]}
],
"goals": [
{"goal":"\"small\"","bound":">= 1 x liar","worst":3.2,"best":4.0,"worst_at":"8 money","measured":1,"cases":3,"met":true}
]
}
"#;
        assert_eq!(text(&facts, 7, &[row], &[goal]), expected);
        assert!(serde_json::from_str::<Value>(expected).is_ok());
    }
}
