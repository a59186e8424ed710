//! The types that the configurations of a directory use: a scan for the heads of blocks, without evaluating anything.
//!
//! Modules below the directory are included, those that `terraform init` has installed too.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::Value as Json;

use super::{
    error::PolicyError,
    types::{Block, PREFIX},
};

/// Files in Terraform's language.
const NATIVE: &[&str] = &[".tf", ".tofu", ".tfquery.hcl"];

/// The same as JSON.
const JSON: &[&str] = &[".tf.json", ".tofu.json"];

/// The types in the blocks of all configurations of a directory.
pub(super) fn blocks(directory: &Path) -> Result<BTreeSet<(Block, String)>, PolicyError> {
    let mut found = BTreeSet::new();
    let mut open = vec![directory.to_owned()];
    while let Some(directory) = open.pop() {
        for (path, is_directory) in entries(&directory).map_err(|error| failed(&directory, error))? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
            if is_directory && name == ".terraform" {
                open.push(path.join("modules"));
            } else if is_directory && !name.starts_with('.') {
                open.push(path);
            } else if !is_directory && (ends(NATIVE) || ends(JSON)) {
                let text = fs::read_to_string(&path).map_err(|error| failed(&path, error))?;
                found.extend(if ends(JSON) { in_json(&path, &text)? } else { in_native(&text) });
            }
        }
    }
    if found.is_empty() { Err(PolicyError::Nothing(directory.to_owned())) } else { Ok(found) }
}

fn failed(path: &Path, error: io::Error) -> PolicyError {
    PolicyError::Read { file: path.to_owned(), error }
}

/// What a directory holds, and whether it is a directory itself. Links are not followed.
fn entries(directory: &Path) -> io::Result<Vec<(PathBuf, bool)>> {
    if directory.ends_with(".terraform/modules") && !directory.is_dir() {
        return Ok(Vec::new());
    }
    let entry = |entry: io::Result<fs::DirEntry>| entry.and_then(|it| Ok((it.path(), it.file_type()?.is_dir())));
    fs::read_dir(directory)?.map(entry).collect()
}

fn in_json(path: &Path, text: &str) -> Result<BTreeSet<(Block, String)>, PolicyError> {
    let file: Json = serde_json::from_str(text).map_err(|error| failed(path, error.into()))?;
    let of_block = |(keyword, block): (&str, Block)| {
        let types = file.get(keyword).and_then(Json::as_object).into_iter().flatten();
        types.map(move |(name, _)| (block, name.clone())).collect::<Vec<_>>()
    };
    Ok(Block::ALL.into_iter().flat_map(of_block).filter(|(_, name)| name.starts_with(PREFIX)).collect())
}

fn in_native(text: &str) -> BTreeSet<(Block, String)> {
    let mut code = Code::default();
    text.lines().filter_map(|line| head(&code.of_line(line))).collect()
}

/// Block and type, if the line begins a block that uses a type of the provider.
fn head(line: &str) -> Option<(Block, String)> {
    let (keyword, rest) = line.trim_start().split_once(|letter: char| letter.is_whitespace() || letter == '"')?;
    let (_, block) = Block::ALL.into_iter().find(|(known, _)| *known == keyword)?;
    let name = rest.trim_start().trim_start_matches('"').split('"').next()?;
    name.starts_with(PREFIX).then(|| (block, name.to_owned()))
}

/// Distinguishes code from comments and heredocs, line by line.
#[derive(Debug, Default)]
struct Code {
    in_comment: bool,
    /// The word that ends a heredoc.
    heredoc: Option<String>,
    /// The texts and the templates in them that are open, from the outermost.
    open: Vec<Open>,
}

#[derive(Debug)]
enum Open {
    /// Between quotes.
    Text,
    /// In `${…}` or `%{…}`, with the number of braces that are open in it.
    Template(usize),
}

impl Code {
    /// The code of the next line.
    fn of_line(&mut self, line: &str) -> String {
        if let Some(end) = &self.heredoc {
            if line.trim() == end {
                self.heredoc = None;
            }
            return String::new();
        }
        let (mut code, mut rest) = (String::new(), line);
        while let Some(letter) = rest.chars().next() {
            let ahead = |start: &str| rest.starts_with(start);
            let in_text = matches!(self.open.last(), Some(Open::Text));
            let length = match letter {
                _ if self.in_comment => {
                    self.in_comment = !ahead("*/");
                    rest = &rest[if self.in_comment { letter.len_utf8() } else { 2 }..];
                    continue;
                }
                '\\' if in_text => rest.chars().nth(1).map_or(1, |next| 1 + next.len_utf8()),
                '$' | '%' if in_text && (ahead("$${") || ahead("%%{")) => 3,
                '$' | '%' if in_text && rest[1..].starts_with('{') => {
                    self.open.push(Open::Template(0));
                    2
                }
                '"' => {
                    if in_text {
                        self.open.pop();
                    } else {
                        self.open.push(Open::Text);
                    }
                    1
                }
                '{' | '}' if !in_text => {
                    self.brace(letter);
                    1
                }
                '#' if !in_text => break,
                '/' if !in_text && ahead("//") => break,
                '/' if !in_text && ahead("/*") => {
                    self.in_comment = true;
                    rest = &rest[2..];
                    continue;
                }
                '<' if !in_text && ahead("<<") => {
                    self.heredoc = heredoc(rest);
                    break;
                }
                letter => letter.len_utf8(),
            };
            code += &rest[..length];
            rest = &rest[length..];
        }
        // A text ends with its line.
        if matches!(self.open.last(), Some(Open::Text)) {
            self.open.pop();
        }
        code
    }

    /// A brace outside of texts, which may end the innermost template.
    fn brace(&mut self, letter: char) {
        match (self.open.last_mut(), letter) {
            (Some(Open::Template(braces)), '{') => *braces += 1,
            (Some(Open::Template(0)), _) => drop(self.open.pop()),
            (Some(Open::Template(braces)), _) => *braces -= 1,
            _ => {}
        }
    }
}

/// The word after `<<` or `<<-`.
fn heredoc(text: &str) -> Option<String> {
    let word = text.trim_start_matches("<<").trim_start_matches('-').trim();
    (!word.is_empty()).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_blocks_are_found_and_nothing_else() {
        let text = r#"
resource "sagemaker_model" "a" {
  name = "s3://bucket/*" # resource "sagemaker_pipeline" "no" {
  path = "${replace(var.path, "/*", "")}$${" # resource "sagemaker_pipeline" "no" {
  list = "a-${join("<<", [for name in var.names : "${name}-{"])}"
  long = "${merge({ a = 1 }, {
    b = "}"
  })}"
}
# resource "sagemaker_domain" "no" {}
/* data "sagemaker_hub" "no" {
}
*/ data "sagemaker_models" "b" {}
  ephemeral "sagemaker_presigned_domain_url" "c" {
  text = <<-EOT
    resource "sagemaker_endpoint" "no" {
  EOT
}
resource "aws_iam_role" "d" {}
list sagemaker_image "e" {}
"#;
        let found: Vec<(Block, String)> = in_native(text).into_iter().collect();
        let expected = [
            (Block::Resource, "sagemaker_model"),
            (Block::Data, "sagemaker_models"),
            (Block::Ephemeral, "sagemaker_presigned_domain_url"),
        ];
        assert_eq!(found[..3], expected.map(|(block, name)| (block, name.to_owned())));
    }

    #[test]
    fn modules_and_json_are_read_and_hidden_directories_are_not() {
        let root = tempfile::tempdir().unwrap();
        for (file, text) in [
            ("main.tf", "module \"a\" {}\n"),
            ("modules/a/main.tf.json", r#"{"resource":{"sagemaker_model":{"m":{}},"aws_x":{}}}"#),
            (".terraform/modules/b/main.tf", "data \"sagemaker_hub\" \"h\" {}\n"),
            (".git/main.tf", "resource \"sagemaker_space\" \"s\" {}\n"),
        ] {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let found: Vec<String> = blocks(root.path()).unwrap().into_iter().map(|(_, name)| name).collect();
        assert_eq!(found, ["sagemaker_model", "sagemaker_hub"]);
    }

    #[test]
    fn a_directory_without_configurations_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let refused = blocks(root.path()).unwrap_err().to_string();
        assert!(refused.contains("has no configuration that uses a type of this provider"), "{refused}");
        let refused = blocks(&root.path().join("nothing")).unwrap_err().to_string();
        assert!(refused.contains("cannot be read"), "{refused}");
    }
}
