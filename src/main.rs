use std::process::ExitCode;

fn main() -> ExitCode {
    eksdiagram::cli::main()
}
