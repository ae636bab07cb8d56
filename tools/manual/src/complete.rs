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
             COMPREPLY=()\n    \
             case $before in\n    \
             {})\n        \
                 return ;;\n    \
             esac\n    \
             case $word in\n    \
             -*) mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\") ;;\n    \
             *) mapfile -t COMPREPLY < <(compgen -f -- \"$word\") ;;\n    \
             esac\n\
         }}\n\
         complete -o filenames -F _tally tally\n",
        words(true).join(" | "),
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
    let end = choice
        .text
        .find([';', ':', ',', '('])
        .unwrap_or(choice.text.len());
    let short = choice.text[..end].trim();
    let short: String = short.chars().filter(|c| !"[]'\\".contains(*c)).collect();
    match &choice.argument {
        // The word may follow a long option after a '=', or be a word of its own.
        Some(word) => {
            let equals = if spelling.starts_with("--") { "=" } else { "+" };
            format!("'*{spelling}{equals}[{short}]:{word}: '")
        }
        None => format!("'{spelling}[{short}]'"),
    }
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
        assert!(bash.contains("    -c | --column)\n"), "{bash}");
        let zsh = zsh(&help);
        assert!(zsh.contains("'*--column=[one column]:COLUMN: '"), "{zsh}");
        assert!(zsh.contains("'--version[print this]'"), "{zsh}");
    }
}
