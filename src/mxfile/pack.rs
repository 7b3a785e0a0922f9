//! draw.io's compression of a page: percent-encoded as JavaScript does, deflated without a header, in base64.

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use flate2::write::DeflateEncoder;

use super::{Fault, Room};

pub fn pack(text: &str) -> String {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let packed = packer.write_all(percent_encoded(text).as_bytes()).and_then(|()| packer.finish());
    STANDARD.encode(packed.unwrap_or_default())
}

pub fn unpack(packed: &str, room: &mut Room) -> Result<String, Fault> {
    let plain: String = packed.split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(plain).map_err(|error| Fault::new(format!("it is no base64: {error}")))?;
    let inflated = inflated(DeflateDecoder::new(bytes.as_slice()), room)?;
    percent_decoded(&inflated)
}

/// Text in base64.
pub fn plain_base64(text: &str) -> Result<String, Fault> {
    let bytes = STANDARD.decode(text).map_err(|error| Fault::new(format!("it is no base64: {error}")))?;
    String::from_utf8(bytes).map_err(|_| Fault::new("it is no UTF-8"))
}

/// What a PNG's compressed text holds: with zlib's header by the book, without it as draw.io wrote once.
pub fn inflate(bytes: &[u8], room: &mut Room) -> Result<Vec<u8>, Fault> {
    inflated(ZlibDecoder::new(bytes), room).or_else(|_| inflated(DeflateDecoder::new(bytes), room))
}

fn inflated(reader: impl Read, room: &mut Room) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    reader
        .take(room.bytes as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Fault::new(format!("it does not inflate: {error}")))?;
    room.bytes = room.bytes.checked_sub(bytes.len()).ok_or_else(Room::too_many_bytes)?;
    Ok(bytes)
}

/// JavaScript's `encodeURIComponent`. Source: ECMA-262, `encodeURIComponent`.
pub fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// JavaScript's `decodeURIComponent`. A percent sign that encodes nothing stands for itself.
pub fn percent_decoded(text: &[u8]) -> Result<String, Fault> {
    let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut bytes, mut at) = (Vec::with_capacity(text.len()), 0);
    while let Some(byte) = text.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                bytes.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(bytes).map_err(|_| Fault::new("it is no UTF-8"))
}
