//! Completions of the tool's options for bash, zsh and fish, and of the words that they
//! take: columns are named by the files on the line.

use crate::tool::{Choice, Help};

/// The words that an argument of this kind may be; none where they are not known.
fn words_for(argument: &str) -> &'static str {
    match argument {
        "FORMAT" => "tsv csv json",
        "MODE" => "half-even half-up down up ceiling floor",
        _ => "",
    }
}

/// The spellings of options that take such a word.
fn spellings_with(help: &Help, argument: &str) -> Vec<String> {
    help.choices()
        .filter(|choice| choice.argument.as_deref() == Some(argument))
        .flat_map(|choice| choice.spellings.iter().cloned())
        .collect()
}

/// For bash.
pub(crate) fn bash(help: &Help) -> String {
    let spellings: Vec<&str> = help
        .choices()
        .flat_map(|choice| choice.spellings.iter().map(String::as_str))
        .collect();
    // Behind the 1 that says that options may come.
    let pattern = |spellings: &[String]| {
        spellings
            .iter()
            .map(|spelling| format!("1{spelling}"))
            .collect::<Vec<_>>()
            .join(" | ")
    };
    let mut arguments: Vec<&str> = Vec::new();
    for argument in help
        .choices()
        .filter_map(|choice| choice.argument.as_deref())
    {
        if !arguments.contains(&argument) {
            arguments.push(argument);
        }
    }
    let mut cases = String::new();
    let mut others = Vec::new();
    for argument in arguments {
        let spellings = spellings_with(help, argument);
        let action = match (argument, words_for(argument)) {
            ("COLUMN", _) => "_tally_columns; return".to_owned(),
            ("FILE", _) => "mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return".to_owned(),
            (_, "") => {
                others.extend(spellings);
                continue;
            }
            (_, words) => {
                format!("mapfile -t COMPREPLY < <(compgen -W '{words}' -- \"$word\"); return")
            }
        };
        cases.push_str(&format!(
            "    {})\n        {action} ;;\n",
            pattern(&spellings)
        ));
    }
    if !others.is_empty() {
        cases.push_str(&format!("    {})\n        return ;;\n", pattern(&others)));
    }
    format!(
        "# Completion of tally for bash. Made from what 'tally --help' says.\n\
         # The names in the header of the first file on the line.\n\
         _tally_columns() {{\n    \
             local at name separator=()\n    \
             for ((at = 1; at < COMP_CWORD; at++)); do\n        \
                 case ${{COMP_WORDS[at]}} in\n        \
                 -d | --separator) separator=(-d \"${{COMP_WORDS[at + 1]}}\") ;;\n        \
                 esac\n    \
             done\n    \
             for ((at = 1; at < ${{#COMP_WORDS[@]}}; at++)); do\n        \
                 if [ -f \"${{COMP_WORDS[at]}}\" ] && [ \"$at\" -ne \"$COMP_CWORD\" ]; then\n            \
                     while IFS= read -r name; do\n                \
                         [ \"${{name#\"$word\"}}\" = \"$name\" ] && [ -n \"$word\" ] ||\n                    \
                             COMPREPLY+=(\"$name\")\n            \
                     done < <(\"${{COMP_WORDS[0]}}\" --names \"${{separator[@]}}\" -- \"${{COMP_WORDS[at]}}\" 2>/dev/null)\n            \
                     return\n        \
                 fi\n    \
             done\n\
         }}\n\
         _tally() {{\n    \
             local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}\n    \
             local options=1 i\n    \
             COMPREPLY=()\n    \
             for ((i = 1; i < COMP_CWORD; i++)); do\n        \
                 [ \"${{COMP_WORDS[i]}}\" != -- ] || options=\n    \
             done\n    \
             # bash takes --column=x for three words.\n    \
             [ \"$word\" != = ] || word=\n    \
             [ \"$before\" != = ] || before=${{COMP_WORDS[COMP_CWORD - 2]}}\n    \
             case $options$before in\n\
         {cases}    \
             esac\n    \
             case $options$word in\n    \
             1-*) mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\") ;;\n    \
             *) mapfile -t COMPREPLY < <(compgen -f -- \"$word\") ;;\n    \
             esac\n\
         }}\n\
         complete -o filenames -F _tally tally\n",
        spellings.join(" ")
    )
}

/// For fish.
pub(crate) fn fish(help: &Help) -> String {
    let mut out = "# Completion of tally for fish. Made from what 'tally --help' says.\n\
        function __tally_columns\n    \
            for word in (commandline -opc)[2..]\n        \
                if test -f $word\n            \
                    tally --names -- $word 2>/dev/null\n            \
                    return\n        \
                end\n    \
            end\nend\n"
        .to_owned();
    for choice in help.choices() {
        let mut line = "complete -c tally".to_owned();
        for spelling in choice.spellings.iter().filter(|spelling| *spelling != "--") {
            match spelling.strip_prefix("--") {
                Some(long) => line.push_str(&format!(" -l {long}")),
                None => line.push_str(&format!(" -s {}", spelling.trim_start_matches('-'))),
            }
        }
        if line == "complete -c tally" {
            continue;
        }
        match choice.argument.as_deref() {
            None => {}
            Some("COLUMN") => line.push_str(" -x -a '(__tally_columns)'"),
            Some("FILE") => line.push_str(" -r"),
            Some(argument) => match words_for(argument) {
                "" => line.push_str(" -x"),
                words => line.push_str(&format!(" -x -a '{words}'")),
            },
        }
        let text = choice.text.replace('\\', "\\\\").replace('\'', "\\'");
        out.push_str(&format!("{line} -d '{text}'\n"));
    }
    out
}

/// For zsh.
pub(crate) fn zsh(help: &Help) -> String {
    let mut out =
        "#compdef tally\n# Made from what 'tally --help' says.\n\
         # The names in the header of the first file on the line.\n\
         _tally_columns() {\n    \
             local -a names separator\n    \
             local word at=${words[(I)(-d|--separator)]}\n    \
             (( at == 0 )) || separator=(-d \"${(Q)words[at + 1]}\")\n    \
             for word in \"${(@Q)words[2,-1]}\"; do\n        \
                 if [[ -f $word ]]; then\n            \
                     names=(\"${(@f)$($words[1] --names $separator -- $word 2>/dev/null)}\")\n            \
                     compadd -a names\n            \
                     return\n        \
                 fi\n    \
             done\n\
         }\n\
         _arguments -s -S \\\n"
            .to_owned();
    for choice in help.choices() {
        for spelling in choice.spellings.iter().filter(|spelling| *spelling != "--") {
            out.push_str(&format!("    {} \\\n", zsh_choice(choice, spelling)));
        }
    }
    out.push_str("    '*:file:_files'\n");
    out
}

fn zsh_choice(choice: &Choice, spelling: &str) -> String {
    let text = zsh_quoted(&choice.text);
    let excluded = zsh_excluded(choice);
    match &choice.argument {
        // The word may follow a long option after a '=', or be a word of its own.
        Some(word) => {
            let equals = if spelling.starts_with("--") { "=" } else { "+" };
            let action = match (word.as_str(), words_for(word)) {
                ("COLUMN", _) => "_tally_columns".to_owned(),
                ("FILE", _) => "_files".to_owned(),
                (_, "") => " ".to_owned(),
                (_, words) => format!("({words})"),
            };
            format!("'{excluded}{spelling}{equals}[{text}]:{word}:{action}'")
        }
        None => format!("'{excluded}{spelling}[{text}]'"),
    }
}

/// What is no longer offered once the option is there: its other spellings; of
/// one that ends the work, all; of one that may be repeated, nothing.
fn zsh_excluded(choice: &Choice) -> String {
    let is = |name: &str| choice.spellings.iter().any(|spelling| spelling == name);
    if choice.text.contains("may be given several times") {
        "*".to_owned()
    } else if is("--help") || is("--version") {
        "(- *)".to_owned()
    } else {
        format!("({})", choice.spellings.join(" "))
    }
}

/// Text for the brackets of an option, between single quotes.
fn zsh_quoted(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '\'' => out.push_str("'\\''"),
            '[' | ']' | '\\' => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::{EXAMPLE, parse};

    #[test]
    fn every_option_is_offered_and_its_word_is_not_a_file() {
        let help = parse(EXAMPLE).unwrap();
        let bash = bash(&help);
        assert!(
            bash.contains("'-c --column --all --help --version'"),
            "{bash}"
        );
        assert!(
            bash.contains("    1-c | 1--column)\n        _tally_columns; return ;;\n"),
            "{bash}"
        );
    }

    #[test]
    fn words_are_offered_where_they_are_known() {
        let help = parse(
            "Usage: tally\n  --to FORMAT  one\n  --save FILE  two\n  -d, --separator CHAR  it's\n",
        )
        .unwrap();
        let bash = bash(&help);
        assert!(
            bash.contains("    1--to)\n        mapfile -t COMPREPLY < <(compgen -W 'tsv csv json'"),
            "{bash}"
        );
        assert!(
            bash.contains("    1-d | 1--separator)\n        return ;;\n"),
            "{bash}"
        );
        let zsh = zsh(&help);
        assert!(zsh.contains("[one]:FORMAT:(tsv csv json)'"), "{zsh}");
        assert!(zsh.contains("[two]:FILE:_files'"), "{zsh}");
        let fish = fish(&help);
        for line in [
            "complete -c tally -l to -x -a 'tsv csv json' -d 'one'\n",
            "complete -c tally -l save -r -d 'two'\n",
            "complete -c tally -s d -l separator -x -d 'it\\'s'\n",
        ] {
            assert!(fish.contains(line), "{fish}");
        }
    }

    #[test]
    fn zsh_has_the_whole_text_of_an_option() {
        let zsh = zsh(&parse(EXAMPLE).unwrap());
        for line in [
            "'(-c --column)-c+[one column; or more]:COLUMN:_tally_columns'",
            "'(-c --column)--column=[one column; or more]:COLUMN:_tally_columns'",
            "'(- *)--version[print this: or that]'",
        ] {
            assert!(zsh.contains(line), "{zsh}");
        }
    }

    #[test]
    fn zsh_offers_again_what_may_be_repeated() {
        let help = "Usage: tally\n  -c, --column N  one; may be given several times\n";
        let zsh = zsh(&parse(help).unwrap());
        assert!(zsh.contains("'*-c+[one; may"), "{zsh}");
        assert!(zsh.contains("'*--column=[one; may"), "{zsh}");
    }

    #[test]
    fn zsh_reads_quotes_and_brackets_as_they_are() {
        assert_eq!(zsh_quoted(r"it's [a] \t"), r"it'\''s \[a\] \\t");
    }
}
