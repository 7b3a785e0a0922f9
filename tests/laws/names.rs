//! Names as people give them: nothing but a letter, short, long, without a place to break, Korean, in many scripts.

use super::dice::Dice;

const WORDS: [&str; 20] = [
    "a",
    "db",
    "prod",
    "Public",
    "Subnet",
    "internet-gateway",
    "eks",
    "node",
    "group",
    "10.0.0.0/16",
    "Worker",
    "ap-northeast-2a",
    "퍼블릭",
    "서브넷",
    "리소스",
    "이름",
    "Übergröße",
    "x86_64",
    "<Parameter>",
    "1",
];
const JOINTS: [&str; 5] = ["", "-", " ", "_", "/"];

pub fn name(dice: &mut Dice) -> String {
    match dice.up_to(19) {
        0 => "a".to_string(),
        1 => "W".repeat(dice.between(20, 90)),
        2 => "가".repeat(dice.between(1, 60)),
        3 => joined(dice, 12, 30),
        4..=6 => joined(dice, 4, 8),
        _ => joined(dice, 1, 3),
    }
}

/// A word or a few, as lines on edges and plates have them.
pub fn short(dice: &mut Dice) -> String {
    match dice.up_to(9) {
        0 => joined(dice, 3, 9),
        1 => "EKS 소유 네트워크 인터페이스 경유".to_string(),
        2..=4 => "SSH 22".to_string(),
        _ => "HTTPS 443".to_string(),
    }
}

fn joined(dice: &mut Dice, least: usize, most: usize) -> String {
    let joint = *dice.pick(&JOINTS);
    let words: Vec<&str> = (0..dice.between(least, most)).map(|_| *dice.pick(&WORDS)).collect();
    words.join(joint)
}
