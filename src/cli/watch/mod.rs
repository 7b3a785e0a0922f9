//! `watch`: a page on loopback that shows the picture, and draws it anew when an input is saved.
//!
//! Three parts: `eyes` notice that a file has changed and have it read again, the `studio` holds what was read and draws
//! what is asked for, and `server` answers browsers from it. A drawing is made when a page asks for it, so a page that
//! nobody looks at costs nothing, and a browser that is slow keeps nobody waiting.

mod answers;
mod eyes;
mod request;
mod server;
mod studio;

use std::net::{Ipv4Addr, TcpListener};
use std::process::ExitCode;

use super::{Drawing, Inputs, ReportName, drawing, output, report, run};
use crate::diag::{Diagnostic, Sources};
use answers::Answers;
use eyes::Eyes;
use server::Server;
use studio::Studio;

/// What `watch` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    drawing: Drawing,

    /// The port on 127.0.0.1; 0 is any that is free
    #[arg(long, default_value_t = 8433, value_name = "PORT")]
    port: u16,
}

/// Runs until it is stopped.
pub fn run(arguments: &Arguments) -> ExitCode {
    let files = arguments.inputs.inputs.iter().chain(&arguments.inputs.parameter_files);
    if files.into_iter().any(|file| file.as_os_str() == "-") {
        return run::usage("what is watched is read again and again, and standard input is there once: name a file");
    }
    match watch(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(diagnostic) => {
            report::print(&[diagnostic], &Sources::default(), ReportName::Text);
            ExitCode::FAILURE
        }
    }
}

fn watch(arguments: &Arguments) -> Result<(), Diagnostic> {
    let options = drawing::write_options(&arguments.drawing)?;
    let listener = listen(arguments.port)?;
    let address = listener.local_addr().map_err(|error| cannot_serve(arguments.port, &error))?;
    let studio = &Studio::open(arguments.inputs.clone(), arguments.drawing.endpoint);
    let eyes = Eyes::open(studio)?;
    output::stdout(format!("http://{address}/\n").as_bytes())?;
    let answers = Answers { studio, drawing: &arguments.drawing, options: &options };
    let server = Server::new(address.port(), answers);
    std::thread::scope(|scope| {
        scope.spawn(move || eyes.watch(studio));
        server.serve(scope, &listener);
    });
    Ok(())
}

/// Nothing but this machine reaches loopback.
fn listen(port: u16) -> Result<TcpListener, Diagnostic> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| cannot_serve(port, &error))
}

fn cannot_serve(port: u16, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("cannot-serve", format!("port {port} of 127.0.0.1 cannot be had: {error}"))
        .hint("--port 0 takes any that is free")
}
