//! The style sheets of a page. Their bytes depend on nothing that is drawn, but for the fonts of a file.

use crate::look::{EdgeLook, Tone, Weight};
use crate::text;
use crate::theme::Palette;
use crate::write::{Theme, svg};
use crate::xml::Xml;

const PAGE: &str = include_str!("page.css");

/// Where a served page finds the fonts.
const FONTS: [(&str, Weight, u32); 2] = [("regular.ttf", Weight::Regular, 400), ("bold.ttf", Weight::Bold, 700)];

/// The font that a served page asks for by this name.
pub fn font(name: &str) -> Option<&'static [u8]> {
    FONTS.iter().find(|(address, _, _)| *address == name).map(|(_, weight, _)| text::font_file(*weight))
}

/// A `<style>` element.
pub struct Sheet {
    pub text: String,
    use_of: Use,
}

enum Use {
    /// For the page around the pictures.
    Page,
    /// For pictures, so that one which is saved takes it along.
    Pictures,
    Palette(Palette),
}

/// All sheets of a page.
pub fn all(fonts: Sheet) -> Vec<Sheet> {
    let sizes = Sheet { text: svg::sizes_sheet(), use_of: Use::Pictures };
    let page = Sheet { text: PAGE.to_string(), use_of: Use::Page };
    let palettes = Palette::ALL.map(|palette| {
        let text = format!("{}{}", colours(palette), svg::palette_sheet(palette));
        Sheet { text, use_of: Use::Palette(palette) }
    });
    [fonts, sizes, page].into_iter().chain(palettes).collect()
}

/// Fonts with the characters of a text, and with all that one may type to find them.
pub fn cut_fonts(text: &str) -> Sheet {
    let typed: String = (' '..='~').chain(text.chars()).collect();
    Sheet { text: svg::faces(&svg::fonts_covering(&typed)), use_of: Use::Pictures }
}

/// The whole fonts, each asked for once.
pub fn served_fonts() -> Sheet {
    let family = text::FAMILY;
    let face = |(address, _, weight): &(&str, Weight, u32)| {
        format!("@font-face{{font-family:{family};font-weight:{weight};src:url({address}) format('truetype')}}\n")
    };
    Sheet { text: FONTS.iter().map(face).collect(), use_of: Use::Page }
}

/// The colours of the page around the picture, which are the picture's.
fn colours(palette: Palette) -> String {
    let basics = palette.basics();
    let scheme = if palette == Palette::Dark { "dark" } else { "light" };
    let (danger, warning) = (palette.pill(Tone::Danger), palette.pill(Tone::Warning));
    // A disc of that colour, and what is written on it: an accent with a contrast that was chosen.
    let accent = palette.pill(Tone::Step(EdgeLook::Egress));
    let named = [
        ("paper", basics.page),
        ("ink", basics.primary),
        ("ink-2", basics.secondary),
        ("rule", basics.legend_border),
        ("accent", accent.fill),
        ("on-accent", accent.ink),
        ("danger", danger.border),
        ("warning", warning.border),
        ("warning-fill", warning.fill),
        ("warning-ink", warning.ink),
    ];
    let named: String = named.iter().map(|(name, colour)| format!("--{name}:{colour};")).collect();
    format!("\n:root{{color-scheme:{scheme};{named}}}")
}

impl Sheet {
    pub fn write(&self, xml: &mut Xml, theme: Theme) {
        let style = xml.tag("style");
        match self.use_of {
            Use::Page => style.open_inline(),
            Use::Pictures => style.attr("data-pictures", "").open_inline(),
            Use::Palette(palette) => {
                let style = style.attr("data-pictures", "").attr("media", media(palette, theme));
                THEMES
                    .iter()
                    .fold(style, |style, (name, theme)| style.attr(&format!("data-{name}"), media(palette, *theme)))
                    .open_inline();
            }
        }
        xml.markup(&self.text);
        xml.close();
    }
}

const THEMES: [(&str, Theme); 4] =
    [("auto", Theme::Auto), ("light", Theme::Light), ("dark", Theme::Dark), ("print", Theme::Print)];

pub fn theme_name(theme: Theme) -> &'static str {
    THEMES.iter().find(|(_, other)| *other == theme).map_or("auto", |(name, _)| name)
}

/// Where a palette's sheet counts. Of all palettes one does, everywhere: what one of them does not say is not another's.
/// On paper nothing is dark.
const fn media(palette: Palette, theme: Theme) -> &'static str {
    match (theme, palette) {
        (Theme::Auto, Palette::Light) => "print, (prefers-color-scheme: light)",
        (Theme::Auto, Palette::Dark) => "screen and (prefers-color-scheme: dark)",
        (Theme::Dark, Palette::Light) => "print",
        (Theme::Dark, Palette::Dark) => "screen",
        (Theme::Light, Palette::Light) | (Theme::Print, Palette::Print) => "all",
        (Theme::Light | Theme::Auto | Theme::Dark, Palette::Print)
        | (Theme::Light, Palette::Dark)
        | (Theme::Print, Palette::Light | Palette::Dark) => "not all",
    }
}
