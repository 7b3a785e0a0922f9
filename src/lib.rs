//! Draws an AWS network, and the EKS cluster in it, from the input that makes it.
//!
//! Bytes go in at the top, a picture comes out at the bottom, and every stage hands the next one a type of
//! its own:
//!
//! ```text
//!  files, stdin
//!        │ parse      syntax/        bytes → Node
//!        │ read       read/          Nodes → Inventory
//!        │ model      architecture/  Inventory → Architecture
//!        ├ judge      verdicts/      Inventory, Architecture → Verdicts
//!        ├ compare    drift/         two Architectures → one, and what differs
//!        │ compose    compose/       Architecture → Diagram
//!        │ lay out    layout/        Diagram → Scene
//!        ▼ write      write/         Scene → bytes
//!  svg, png, drawio, json
//! ```

#![forbid(unsafe_code)]

pub mod diag;
pub mod geom;
pub mod hashing;
pub mod limits;
pub mod name_map;
pub mod redact;
pub mod secrets;
pub mod visible;
pub mod xml;

pub mod lang;
pub mod look;
pub mod scene;
pub mod syntax;
pub mod text;
pub mod theme;
pub mod threads;

pub mod inventory;
pub mod kinds;
pub mod read;
pub mod schema;
pub mod spelling;

pub mod architecture;

pub mod presentation;

pub mod verdicts;

pub mod drift;

pub mod emit;

pub mod diagram;

pub mod compose;

pub mod layout;

pub mod mxfile;

pub mod handwork;

pub mod write;

pub mod cli;
