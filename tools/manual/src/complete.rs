//! Completions of the tool's options for bash and zsh.

use crate::tool::{Choice, Help};

/// For bash.
pub(crate) fn bash(help: &Help) -> String {
    let words = |with_argument: bool| {
        let spellings: Vec<&str> = help
            .choices()
            .filter(|choice| !with_argument || choice.argument.is_some())
            .flat_map(|choice| choice.spellings.iter().map(String::as_str))
            .collect();
        spellings
    };
    format!(
        "# Completion of tally for bash. Made from what 'tally --help' says.\n\
         _tally() {{\n    \
             local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}\n    \
             local options=1 i\n    \
             COMPREPLY=()\n    \
             for ((i = 1; i < COMP_CWORD; i++)); do\n        \
                 [ \"${{COMP_WORDS[i]}}\" != -- ] || options=\n    \
             done\n    \
             # bash takes --column=x for three words.\n    \
             [ \"$before\" != = ] || before=${{COMP_WORDS[COMP_CWORD - 2]}}\n    \
             case $options$before in\n    \
             {})\n        \
                 return ;;\n    \
             esac\n    \
             case $options$word in\n    \
             1-*) mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\") ;;\n    \
             *) mapfile -t COMPREPLY < <(compgen -f -- \"$word\") ;;\n    \
             esac\n\
         }}\n\
         complete -o filenames -F _tally tally\n",
        // Behind the 1 that says that options may come.
        words(true)
            .iter()
            .map(|spelling| format!("1{spelling}"))
            .collect::<Vec<_>>()
            .join(" | "),
        words(false).join(" ")
    )
}

/// For zsh.
pub(crate) fn zsh(help: &Help) -> String {
    let mut out =
        "#compdef tally\n# Made from what 'tally --help' says.\n_arguments -s -S \\\n".to_owned();
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
            format!("'{excluded}{spelling}{equals}[{text}]:{word}: '")
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
        assert!(bash.contains("    1-c | 1--column)\n"), "{bash}");
    }

    #[test]
    fn zsh_has_the_whole_text_of_an_option() {
        let zsh = zsh(&parse(EXAMPLE).unwrap());
        for line in [
            "'(-c --column)-c+[one column; or more]:COLUMN: '",
            "'(-c --column)--column=[one column; or more]:COLUMN: '",
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
