//! What stands around the sections.

const SECTIONS: &str = "@SECTIONS@\n";
const CLASSIC: &str = "@CLASSIC@\n";

/// The template, filled but for its sections.
#[derive(Debug)]
pub(crate) struct Preamble(String);

impl Preamble {
    /// The header with these sections.
    pub(crate) fn around(&self, sections: &str, classic: &str) -> String {
        self.0
            .replacen(CLASSIC, classic, 1)
            .replacen(SECTIONS, sections, 1)
    }
}

/// Fills the template with the version of the manifest.
pub(crate) fn fill(template: &str, manifest: &str) -> Result<Preamble, String> {
    let version = version(manifest).ok_or("Cargo.toml: no version in [workspace.package]")?;
    let parts: Vec<u32> = version
        .split('.')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| format!("Cargo.toml: version {version} is not three numbers"))?;
    let &[major, minor, patch] = &parts[..] else {
        return Err(format!(
            "Cargo.toml: version {version} is not three numbers"
        ));
    };
    if minor > 99 || patch > 99 {
        return Err(format!(
            "version {version}: the composed number has two digits a part"
        ));
    }
    let text = template
        .replace("@VERSION@", &version)
        .replace("@MAJOR@", &major.to_string())
        .replace("@MINOR@", &minor.to_string())
        .replace("@PATCH@", &patch.to_string());
    for place in [SECTIONS, CLASSIC] {
        if !text.contains(place) {
            return Err(format!("the template has no {} line", place.trim_end()));
        }
    }
    Ok(Preamble(text))
}

/// The version in the manifest's `[workspace.package]` table.
fn version(manifest: &str) -> Option<String> {
    let mut package = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            package = line.trim() == "[workspace.package]";
        } else if package
            && let Some((key, value)) = line.split_once('=')
            && key.trim() == "version"
        {
            return Some(value.trim().trim_matches('"').to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_the_version_has_its_own_place() {
        let manifest = "[package]\nversion = \"9\"\n[workspace.package]\nversion = \"1.2.3\"\n";
        let template = "@VERSION@ @MAJOR@ @MINOR@ @PATCH@\n@SECTIONS@\nmiddle\n@CLASSIC@\nend\n";
        let filled = fill(template, manifest).unwrap();
        assert_eq!(
            filled.around("a\n", "b\n"),
            "1.2.3 1 2 3\na\nmiddle\nb\nend\n"
        );
    }

    #[test]
    fn a_version_that_does_not_compose_is_refused() {
        for version in ["1.100.0", "1.0.100", "1.0", "1.0.0-rc1"] {
            let manifest = format!("[workspace.package]\nversion = \"{version}\"\n");
            assert!(
                fill("@SECTIONS@\n@CLASSIC@\n", &manifest).is_err(),
                "{version}"
            );
        }
    }
}
