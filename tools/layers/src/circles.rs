//! Circles in a graph of names.

use std::collections::{BTreeMap, BTreeSet};

/// What each name depends on.
pub(crate) type Graph = BTreeMap<String, BTreeSet<String>>;

/// For each set of names that all reach each other, the shortest way from one of them
/// back to it.
pub(crate) fn find(graph: &Graph) -> Vec<Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut circles = Vec::new();
    for start in graph.keys() {
        if seen.contains(start) {
            continue;
        }
        let Some(circle) = way_back(graph, start) else {
            continue;
        };
        // One circle a knot: all that is on a way back from here is part of it.
        let reached = reachable(graph, start);
        let knot = reached
            .iter()
            .filter(|name| reachable(graph, name).contains(start));
        seen.extend(knot.cloned());
        circles.push(circle);
    }
    circles
}

fn reachable(graph: &Graph, start: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![start.to_owned()];
    while let Some(name) = open.pop() {
        for next in graph.get(&name).into_iter().flatten() {
            if reached.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    reached
}

/// The shortest way from `start` to itself, by breadth-first search.
fn way_back(graph: &Graph, start: &str) -> Option<Vec<String>> {
    let mut ways = vec![vec![start.to_owned()]];
    let mut reached = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in &ways {
            for next in way
                .last()
                .and_then(|name| graph.get(name))
                .into_iter()
                .flatten()
            {
                let mut on = way.clone();
                on.push(next.clone());
                if next == start {
                    return Some(on);
                }
                if reached.insert(next.clone()) {
                    longer.push(on);
                }
            }
        }
        ways = longer;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(&str, &str)]) -> Graph {
        let mut graph = Graph::new();
        for (from, to) in edges {
            graph
                .entry((*from).to_owned())
                .or_default()
                .insert((*to).to_owned());
        }
        graph
    }

    #[test]
    fn a_graph_with_an_order_has_no_circle() {
        assert!(find(&graph(&[("a", "b"), ("a", "c"), ("b", "c")])).is_empty());
    }

    #[test]
    fn each_knot_is_named_once_by_its_shortest_circle() {
        let knots = graph(&[
            ("a", "b"),
            ("b", "c"),
            ("c", "a"),
            ("b", "a"),
            ("c", "d"),
            ("d", "e"),
            ("e", "d"),
        ]);
        assert_eq!(find(&knots), [vec!["a", "b", "a"], vec!["d", "e", "d"]]);
    }
}
