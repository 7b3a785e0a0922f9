//! Every limit on input, with the attack that it stops.

/// Bytes of one input. Stops: a file that fills the memory.
pub const INPUT_BYTES: usize = 64 << 20;

/// Nesting of maps and lists. Stops: `[[[[[[...` that overflows the stack.
pub const DEPTH: usize = 128;

/// Nodes of one document after aliases are expanded, keys among them: 30,000 resources of a live account are 4.5 million.
/// Stops: a tree that takes many times its text's memory.
pub const NODES: usize = 6_000_000;

/// Nodes of one document that aliases repeat. Stops: "billion laughs".
pub const COPIED_NODES: usize = 200_000;

/// Length of an evaluated string, in bytes. Stops: `Fn::Sub` and `Fn::Join` that double a text again and again.
pub const STRING_BYTES: usize = 1 << 20;

/// Inputs of a run. Stops: more files than places can number.
pub const FILES: usize = 50_000;

/// Boxes, icons and lines of a page. Stops: a file of subnets and instances, unfolded, that is placed for hours.
pub const THINGS: usize = 200_000;

/// Pixels of a PNG. Stops: a page of a hundred thousand subnets that asks for terabytes.
pub const PNG_PIXELS: u64 = 400_000_000;

/// Bytes of values that a run's templates make beyond what is written in them, roughly. Stops: a list repeated
/// in a hundred thousand places, and loops within loops.
pub const EVALUATED_BYTES: usize = 128 << 20;

/// Stacks of a run that templates nest. Stops: ten templates that nest the next one twice, which are a thousand stacks.
pub const NESTED_STACKS: usize = 200;

/// Levels of stacks within stacks. Stops: a folder of templates that each nest the next, read again for every level.
pub const NESTING: usize = 10;

/// Values that stand one behind the other in a JSON file. Stops: sixty megabytes of `{}{}{}`, each a document.
pub const STREAM: usize = 100_000;

/// Files of the folders that are inputs. Stops: a folder of millions of files, which is some other folder.
pub const FOLDER_FILES: usize = 10_000;

/// Bytes of the files of a folder that is an input. Stops: a thousand files of the largest size.
pub const FOLDER_BYTES: usize = 512 << 20;

/// Bytes of a draw.io file, and of what its pages inflate to. Stops: a small file that inflates without end.
pub const DRAWIO_BYTES: usize = 64 << 20;

/// Bytes of one of the user's own icons. Stops: another file by that name.
pub const ICON_BYTES: u64 = 1 << 20;

/// Elements, attributes and texts of a draw.io file, of all its pages; one of the largest size that the program writes has
/// as many. Stops: one that takes many times its size in memory.
pub const DRAWIO_NODES: usize = 2_000_000;

/// Attributes of one element of it. Stops: a million, each compared with all others.
pub const DRAWIO_ATTRIBUTES: usize = 1_000;

/// Figures of one document. Stops: a document of a stranger's that asks for a picture in each of a million lines.
pub const DOCUMENT_FIGURES: usize = 1_000;

/// Connections that `watch` answers at a time. Stops: a program on this machine that opens one after the other.
pub const CONNECTIONS: usize = 64;

/// Of these, pages that wait for the next drawing. Stops: forgotten ones that leave no connection for another.
pub const WAITING_PAGES: usize = 32;

/// Bytes of a request's head. Stops: one that never ends.
pub const REQUEST_BYTES: usize = 16 << 10;

/// Seconds in which a request has to be there, and in which some of an answer has to be taken. Stops: a client that
/// keeps its connection by being slow.
pub const CLIENT_SECONDS: u64 = 10;
