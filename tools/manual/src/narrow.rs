//! Declarations for a terminal of 80 columns, of which a man page indents 7. The
//! header has lines of up to 80.

/// The columns that are left.
pub(crate) const WIDTH: usize = 73;

/// The declaration in lines that fit, wherever it can be broken.
pub(crate) fn narrow(declaration: &str) -> String {
    let fits = |text: &str| text.lines().all(|line| line.len() <= WIDTH);
    if fits(declaration) {
        declaration.to_owned()
    } else if declaration.starts_with("#define ") {
        // How a macro does it does not matter.
        let head = declaration.lines().next().unwrap_or("");
        head.trim_end_matches('\\').trim_end().to_owned()
    } else if declaration.contains('{') {
        comments(declaration)
    } else {
        prototype(declaration)
    }
}

/// The parameters of a function or of a pointer to one, filled.
fn prototype(declaration: &str) -> String {
    let flat = declaration.split_whitespace().collect::<Vec<_>>().join(" ");
    let open = flat.find(")(").map(|at| at + 1).or_else(|| flat.find('('));
    let (Some(open), Some(close)) = (open, flat.rfind(')')) else {
        return declaration.to_owned();
    };
    let (head, tail) = (&flat[..=open], &flat[close..]);
    let mut depth = 0;
    let parameters = flat[open + 1..close].split(|c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ',' && depth == 0
    });
    let parameters: Vec<&str> = parameters.map(str::trim).collect();
    let longest = parameters.iter().map(|one| one.len()).max().unwrap_or(0);
    let hangs = head.len() + longest + tail.len() <= WIDTH;
    let indent = if hangs { head.len() } else { 4 };
    let mut lines = Vec::new();
    let margin = " ".repeat(indent);
    let mut line = if hangs { head } else { &margin }.to_owned();
    if !hangs {
        lines.push(head.to_owned());
    }
    for (index, parameter) in parameters.iter().enumerate() {
        let after = if index + 1 < parameters.len() {
            ","
        } else {
            tail
        };
        let is_begun = line.len() > indent;
        if is_begun && line.len() + 1 + parameter.len() + after.len() > WIDTH {
            lines.push(std::mem::replace(&mut line, margin.clone()));
        } else if is_begun {
            line.push(' ');
        }
        line.push_str(&format!("{parameter}{after}"));
    }
    lines.push(line);
    lines.join("\n")
}

/// The comments of members, filled.
fn comments(declaration: &str) -> String {
    let mut out = Vec::new();
    let mut lines = declaration.lines();
    while let Some(line) = lines.next() {
        let margin = " ".repeat(line.len() - line.trim_start().len());
        let Some(first) = line.trim_start().strip_prefix("/*") else {
            out.push(line.to_owned());
            continue;
        };
        let mut text = first.to_owned();
        while !text.ends_with("*/") {
            let Some(line) = lines.next() else { break };
            let line = line.trim();
            text.push(' ');
            text.push_str(line.strip_prefix("* ").unwrap_or(line));
        }
        let words: Vec<&str> = text.trim_end_matches("*/").split_whitespace().collect();
        let whole = format!("{margin}/* {} */", words.join(" "));
        if whole.len() <= WIDTH {
            out.push(whole);
            continue;
        }
        out.push(format!("{margin}/*"));
        let mut line = String::new();
        for word in words {
            if !line.is_empty() && line.len() + 1 + word.len() > WIDTH {
                out.push(std::mem::take(&mut line));
            }
            if line.is_empty() {
                line = format!("{margin} * {word}");
            } else {
                line.push(' ');
                line.push_str(word);
            }
        }
        out.push(line);
        out.push(format!("{margin} */"));
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays() {
        let short = "void f(int a,\n       int b);";
        assert_eq!(narrow(short), short);
    }

    #[test]
    fn parameters_are_filled_below_the_first_or_indented() {
        let name = "n".repeat(40);
        assert_eq!(
            narrow(&format!("int {name}(int a, const double *values, int z);")),
            format!(
                "int {name}(int a, const double *values,\n{}int z);",
                " ".repeat(45)
            )
        );
        assert_eq!(
            narrow(&format!(
                "int {name}{name}(const double *values, size_t count);"
            )),
            format!("int {name}{name}(\n    const double *values, size_t count);")
        );
        assert_eq!(
            narrow(&format!(
                "typedef int (*{name})(const void *element, int *result, void *x);"
            )),
            format!("typedef int (*{name})(\n    const void *element, int *result, void *x);")
        );
    }

    #[test]
    fn comments_of_members_are_filled() {
        let words = ["word"; 15].join(" ");
        assert_eq!(
            narrow(&format!(
                "enum e {{\n    /*\n     * {words}\n     */\n    A = 1,\n}};"
            )),
            format!(
                "enum e {{\n    /*\n     * {}\n     * word word\n     */\n    A = 1,\n}};",
                ["word"; 13].join(" ")
            )
        );
    }

    #[test]
    fn a_wide_macro_is_its_name_and_parameters() {
        let wide = format!("#define M(x){}\\\n    (x)", " ".repeat(70));
        assert_eq!(narrow(&wide), "#define M(x)");
        assert_eq!(narrow("#define N 3"), "#define N 3");
    }
}
