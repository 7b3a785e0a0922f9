//! A PNG that carries its diagram: a `tEXt` chunk with the keyword `mxfile`, percent-encoded, before the pixels.
//!
//! Source: draw.io 24.7.17, `Editor.writeGraphModelToPng` and `EditorUi.extractGraphModelFromPng`, which takes `zTXt` only
//! under the keyword of its first versions; PNG 1.2, chapters 3.2 and 4.2.3.

use super::{Fault, Room, pack};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
const KEYWORD: &[u8] = b"mxfile";

pub fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// A PNG with this file in it.
pub fn with_model(png: &[u8], model: &str) -> Vec<u8> {
    let before = chunks(png).find(|chunk| chunk.kind == b"IDAT").map_or(png.len(), |chunk| chunk.start);
    let (head, pixels) = png.split_at(before);
    let data = [KEYWORD, b"\0", pack::percent_encoded(model).as_bytes()].concat();
    let mut sum = flate2::Crc::new();
    sum.update(b"tEXt");
    sum.update(&data);
    let length = (data.len() as u32).to_be_bytes();
    [head, &length, b"tEXt", &data, &sum.sum().to_be_bytes(), pixels].concat()
}

/// The file that a PNG carries.
pub fn model(png: &[u8], room: &mut Room) -> Result<String, Fault> {
    for chunk in chunks(png) {
        let mut parts = chunk.data.splitn(2, |byte| *byte == 0);
        let (Some(keyword), Some(value)) = (parts.next(), parts.next()) else { continue };
        if keyword != KEYWORD && keyword != b"mxGraphModel" {
            continue;
        }
        match chunk.kind {
            b"tEXt" => return pack::percent_decoded(value),
            // The first byte is the method of compression, of which there is one.
            b"zTXt" => return pack::percent_decoded(&pack::inflate(value.get(1..).unwrap_or_default(), room)?),
            _ => {}
        }
    }
    Err(Fault::new("the PNG carries no diagram"))
}

struct Chunk<'a> {
    start: usize,
    kind: &'a [u8],
    data: &'a [u8],
}

/// The chunks up to the end, or to where the file breaks off.
fn chunks(png: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut at = SIGNATURE.len();
    std::iter::from_fn(move || {
        let start = at;
        let length = u32::from_be_bytes(png.get(start..start + 4)?.try_into().ok()?) as usize;
        let (kind, data) = (png.get(start + 4..start + 8)?, png.get(start + 8..)?.get(..length)?);
        at = start + 12 + length;
        Some(Chunk { start, kind, data })
    })
}
