//! What references of APIs cost: `catalog build` on made-up OpenAPI definitions, all distinct. Prints
//! CPU seconds, peak memory and bytes of output beside the goals. Nothing here fails on a slow machine.
//!
//! `cargo bench --bench apis`

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

mod support;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// Definitions, operations and schemas of each, and what a build may cost: CPU seconds, MiB.
const SHAPES: &[(usize, usize, usize, [&str; 2])] =
    &[(1, 1_000, 1_100, ["3", "400"]), (500, 7, 5, ["3", "-"]), (1, 1_000, 3_000, ["-", "-"])];

fn main() {
    println!(
        "{:>11} {:>10} {:>8} {:>9} {:>7} {:>5} {:>7} {:>5} {:>9}",
        "definitions", "operations", "schemas", "MB in", "CPU s", "goal", "MiB", "goal", "MB out"
    );
    for (definitions, operations, schemas, [seconds, memory]) in SHAPES {
        let folder = tempfile::tempdir().expect("a folder");
        let (input, output) = (folder.path().join("in"), folder.path().join("out"));
        write(&input, *definitions, *operations, *schemas);
        let mut command = Command::new(env!("CARGO_BIN_EXE_catalog"));
        command.arg("build").arg(&input).args(["--quiet", "--no-cache", "-o"]).arg(&output);
        let cost = support::cost_of(&mut command);
        #[allow(clippy::cast_precision_loss, reason = "shown with one decimal")]
        let (read, written) = (size(&input) as f64 / 1e6, size(&output) as f64 / 1e6);
        println!(
            "{definitions:>11} {operations:>10} {schemas:>8} {read:>9.2} {:>7.2} {seconds:>5} {:>7} {memory:>5} {written:>9.1}",
            cost.cpu, cost.peak
        );
    }
}

fn size(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    files.filter_map(|entry| entry.metadata().ok()).filter(std::fs::Metadata::is_file).map(|file| file.len()).sum()
}

/// Writes a repository whose APIs have these definitions.
fn write(folder: &Path, definitions: usize, operations: usize, schemas: usize) {
    std::fs::create_dir_all(folder).expect("it is made");
    let mut descriptor = String::from(
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: platform}\nspec: {type: team, children: []}\n",
    );
    for number in 0..definitions {
        let _ = write!(
            descriptor,
            "---\napiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {{name: api-{number}}}\n\
             spec: {{type: openapi, lifecycle: production, owner: platform, definition: {{$text: api-{number}.yaml}}}}\n"
        );
        let text = definition(number, operations, schemas);
        std::fs::write(folder.join(format!("api-{number}.yaml")), text).expect("it is written");
    }
    std::fs::write(folder.join("catalog-info.yaml"), descriptor).expect("it is written");
}

fn definition(number: usize, operations: usize, schemas: usize) -> String {
    let mut out = format!(
        "openapi: 3.1.0\ninfo: {{title: Service {number}, version: '{number}', description: What service {number} does., contact: {{name: Platform}}}}\n\
         servers: [{{url: 'https://api-{number}.example'}}]\npaths:\n"
    );
    for operation in 0..operations {
        let (tag, schema, other) = (operation / 10, operation % schemas, (operation * 7 + 3) % schemas);
        let _ = write!(
            out,
            "  /things-{tag}/{{id}}/part-{operation}:\n    post:\n      operationId: change{operation}\n      tags: [tag-{tag}]\n      \
             summary: Change part {operation} of a thing\n      description: |\n        Writes part **{operation}** of service {number} and answers with what it was before.\n\n        \
             - at most {operation} times a day\n        - never without a reason\n      parameters:\n        \
             - {{name: id, in: path, required: true, description: The thing number {operation}, schema: {{type: string, maxLength: {}}}}}\n        \
             - {{name: limit-{operation}, in: query, description: How many of them, schema: {{type: integer, minimum: 1, maximum: {}, default: 25}}}}\n        \
             - {{name: X-Request-{operation}, in: header, description: Names the request, schema: {{type: string, format: uuid}}}}\n      \
             requestBody:\n        required: true\n        content:\n          application/json:\n            schema: {{$ref: '#/components/schemas/Thing{schema}'}}\n      \
             responses:\n        '200':\n          description: What part {operation} was\n          content:\n            application/json:\n              schema:\n                type: object\n                properties:\n                  \
             before: {{$ref: '#/components/schemas/Thing{other}'}}\n                  count{operation}: {{type: integer, description: How often it was changed}}\n        \
             '400':\n          description: Something of it is wrong\n          content:\n            application/json:\n              schema: {{$ref: '#/components/schemas/Thing{schema}'}}\n        \
             '404': {{description: There is no thing {operation}}}\n",
            operation + 20,
            operation + 100
        );
    }
    out.push_str("components:\n  schemas:\n");
    for schema in 0..schemas {
        let _ = write!(
            out,
            "    Thing{schema}:\n      type: object\n      description: Thing {schema} of service {number}.\n      required: [id{schema}, name]\n      properties:\n"
        );
        let _ = write!(
            out,
            "        id{schema}: {{type: string, description: Names thing {schema}, example: thing_{schema}}}\n        name: {{type: string, minLength: 1, maxLength: {}}}\n",
            schema + 10
        );
        for field in 0..12 {
            let _ = writeln!(
                out,
                "        field_{schema}_{field}: {{type: [string, 'null'], description: 'Field {field} of thing {schema}, which says a little about it.', enum: [one-{schema}, two-{field}, null]}}"
            );
        }
        let _ = writeln!(out, "        next: {{$ref: '#/components/schemas/Thing{}'}}", (schema + 1) % schemas);
    }
    out
}
