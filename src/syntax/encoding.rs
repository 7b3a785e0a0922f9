//! Bytes → text: UTF-8 and UTF-16, told by their byte-order mark or by where their zero bytes stand.

use std::borrow::Cow;

use crate::diag::Diagnostic;
use crate::limits;
use crate::secrets;

/// The text of an input, without a byte-order mark, and with stars for the passwords in addresses.
///
/// Fails with `empty-input`, `input-too-large` or `not-text`; the errors have no origin, as nothing in a
/// file that is no text can be pointed at.
pub fn decode(bytes: impl Into<Vec<u8>>) -> Result<String, Diagnostic> {
    let bytes = bytes.into();
    if bytes.len() > limits::INPUT_BYTES {
        return Err(too_large(bytes.len()));
    }
    let text = match Encoding::of(&bytes) {
        Encoding::Utf8 { mark } => utf8(bytes, mark)?,
        Encoding::Utf16 { mark, order } => utf16(bytes.get(mark..).unwrap_or_default(), order)?,
    };
    if text.contains('\0') {
        return Err(not_text("it holds zero bytes"));
    }
    if text.trim().is_empty() {
        return Err(Diagnostic::error("empty-input", "the input is empty")
            .hint("give a CloudFormation template or an eksctl ClusterConfig"));
    }
    Ok(match secrets::without_passwords(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(starred) => starred,
    })
}

#[derive(Clone, Copy)]
enum ByteOrder {
    Little,
    Big,
}

enum Encoding {
    /// `mark` bytes of byte-order mark go before the text.
    Utf8 {
        mark: usize,
    },
    Utf16 {
        mark: usize,
        order: ByteOrder,
    },
}

impl Encoding {
    /// Templates begin with an ASCII character, which in UTF-16 has a zero beside it.
    /// Source: YAML 1.2.2, 5.2 "Character Encodings", which tells them apart the same way.
    fn of(bytes: &[u8]) -> Encoding {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => Encoding::Utf8 { mark: 3 },
            [0xFF, 0xFE, ..] => Encoding::Utf16 { mark: 2, order: ByteOrder::Little },
            [0xFE, 0xFF, ..] => Encoding::Utf16 { mark: 2, order: ByteOrder::Big },
            [1..=0x7F, 0, 1..=0x7F, 0, ..] => Encoding::Utf16 { mark: 0, order: ByteOrder::Little },
            [0, 1..=0x7F, 0, 1..=0x7F, ..] => Encoding::Utf16 { mark: 0, order: ByteOrder::Big },
            _ => Encoding::Utf8 { mark: 0 },
        }
    }
}

/// In the memory of the bytes: an input may be large.
fn utf8(mut bytes: Vec<u8>, mark: usize) -> Result<String, Diagnostic> {
    bytes.drain(..mark);
    String::from_utf8(bytes).map_err(|error| not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()))
}

fn utf16(bytes: &[u8], order: ByteOrder) -> Result<String, Diagnostic> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(not_text("it begins as UTF-16 and has an odd number of bytes"));
    }
    let units = pairs.map(|pair| match (order, pair) {
        (ByteOrder::Little, [low, high]) => u16::from_le_bytes([*low, *high]),
        (ByteOrder::Big, [high, low]) => u16::from_be_bytes([*high, *low]),
        (_, _) => 0,
    });
    char::decode_utf16(units)
        .collect::<Result<String, _>>()
        .map_err(|_| not_text("it begins as UTF-16 and has half a character in it"))
}

/// First bytes of files that are given by mistake.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x7FELF", "a program"),
];

fn not_utf8(bytes: &[u8], valid_up_to: usize) -> Diagnostic {
    if let Some((_, what)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return not_text(&format!("it is {what}"));
    }
    if bytes.contains(&0) {
        return not_text("it holds zero bytes");
    }
    let line = bytes.iter().take(valid_up_to).filter(|b| **b == b'\n').count() + 1;
    let bad = bytes.get(valid_up_to).copied().unwrap_or_default();
    not_text(&format!("line {line} holds the byte 0x{bad:02X}, which is not UTF-8"))
        .hint("if it is a text in another encoding, save it as UTF-8")
}

fn not_text(why: &str) -> Diagnostic {
    Diagnostic::error("not-text", format!("the input is not a text file: {why}"))
}

fn too_large(len: usize) -> Diagnostic {
    let (megabytes, most) = (len >> 20, limits::INPUT_BYTES >> 20);
    Diagnostic::error("input-too-large", format!("the input has {megabytes} MiB; at most {most} MiB are read"))
        .hint("a CloudFormation template has at most 1 MB: is this the right file?")
}
