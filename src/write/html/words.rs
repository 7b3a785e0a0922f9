//! The words of a page around its pictures, a table a language. Messages, reasons and names of facts' values stay as they
//! are, as in the picture.

pub struct Words {
    pub find: &'static str,
    /// What may be searched for.
    pub find_hint: &'static str,
    pub nothing_found: &'static str,
    pub pages: &'static str,
    pub theme: &'static str,
    pub auto: &'static str,
    pub light: &'static str,
    pub dark: &'static str,
    pub print: &'static str,
    pub download: &'static str,
    pub picture: &'static str,
    /// What the keys do in the picture.
    pub keys: &'static str,
    pub zoom: &'static str,
    pub zoom_in: &'static str,
    pub zoom_out: &'static str,
    pub fit: &'static str,
    pub things: &'static str,
    pub on_the_web: &'static str,
    pub messages: &'static str,
    pub errors: &'static str,
    pub warnings: &'static str,
    pub notes: &'static str,
    /// Why what is shown is not what the input says now.
    pub stale: &'static str,
    pub no_picture: &'static str,
    pub disconnected: &'static str,
    pub view: &'static str,
    pub language: &'static str,
    pub draw: &'static str,
    /// By the names that they have on the command line.
    pub view_names: &'static [(&'static str, &'static str)],
    /// By the names that they have in a scene.
    pub fact_names: &'static [(&'static str, &'static str)],
}

impl Words {
    /// Of the language that a scene's tag names.
    pub fn of(language: &str) -> &'static Words {
        match language {
            "ko" => &KOREAN,
            _ => &ENGLISH,
        }
    }

    pub fn fact_name<'n>(&self, name: &'n str) -> &'n str {
        named(self.fact_names, name)
    }

    pub fn view_name<'n>(&self, name: &'n str) -> &'n str {
        named(self.view_names, name)
    }
}

fn named<'n>(table: &[(&'static str, &'static str)], name: &'n str) -> &'n str {
    table.iter().find(|(other, _)| *other == name).map_or(name, |(_, words)| words)
}

const ENGLISH: Words = Words {
    find: "Find",
    find_hint: "Name, address, type, reason…",
    nothing_found: "Nothing in this picture is called that",
    pages: "Pages",
    theme: "Theme",
    auto: "as the screen",
    light: "light",
    dark: "dark",
    print: "print",
    download: "Download",
    picture: "Picture",
    keys: "Arrows move the picture, + and − zoom, 0 shows all of it, / searches",
    zoom: "Zoom",
    zoom_in: "Zoom in",
    zoom_out: "Zoom out",
    fit: "Show all",
    things: "In this picture",
    on_the_web: "on the web",
    messages: "Messages",
    errors: "Errors",
    warnings: "Warnings",
    notes: "Notes",
    stale: "The input cannot be drawn as it is now. This is the last picture that could be.",
    no_picture: "The input cannot be drawn as it is now. The messages below say why.",
    disconnected: "eksdiagram watch does not answer. This is the last picture that it drew.",
    view: "View",
    language: "Language",
    draw: "Draw",
    view_names: &[
        ("network", "network"),
        ("endpoint", "endpoint"),
        ("control-plane", "control plane"),
        ("data-plane", "data plane"),
        ("kubernetes", "Kubernetes"),
        ("endpoint-modes", "endpoint modes"),
        ("all", "all"),
    ],
    fact_names: &[
        ("address", "Address"),
        ("because", "Because"),
        ("cidr", "CIDR"),
        ("count", "Count"),
        ("tier", "Tier"),
    ],
};

const KOREAN: Words = Words {
    find: "찾기",
    find_hint: "이름, 주소, 종류, 이유…",
    nothing_found: "이 그림에는 해당하는 항목이 없습니다",
    pages: "페이지",
    theme: "테마",
    auto: "화면 설정대로",
    light: "밝게",
    dark: "어둡게",
    print: "인쇄용",
    download: "내려받기",
    picture: "그림",
    keys: "화살표 키로 이동, +와 −로 확대/축소, 0으로 전체 보기, /로 찾기",
    zoom: "확대/축소",
    zoom_in: "확대",
    zoom_out: "축소",
    fit: "전체 보기",
    things: "이 그림의 항목",
    on_the_web: "웹에서 보기",
    messages: "메시지",
    errors: "오류",
    warnings: "경고",
    notes: "참고",
    stale: "지금 입력은 그릴 수 없습니다. 마지막으로 그린 그림입니다.",
    no_picture: "지금 입력은 그릴 수 없습니다. 이유는 아래 메시지에 있습니다.",
    disconnected: "eksdiagram watch가 응답하지 않습니다. 마지막으로 그린 그림입니다.",
    view: "보기",
    language: "언어",
    draw: "그리기",
    view_names: &[
        ("network", "네트워크"),
        ("endpoint", "엔드포인트"),
        ("control-plane", "컨트롤 플레인"),
        ("data-plane", "데이터 플레인"),
        ("kubernetes", "Kubernetes"),
        ("endpoint-modes", "엔드포인트 모드"),
        ("all", "전체"),
    ],
    fact_names: &[("address", "주소"), ("because", "이유"), ("cidr", "CIDR"), ("count", "개수"), ("tier", "계층")],
};
