//! The same scene in every theme.

use eksdiagram::write::{Format, Options, Theme};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::{elements, lab, written_with};

fn written(theme: Theme, format: Format) -> Vec<u8> {
    written_with(&lab::scene(), format, &Options { theme, scale: 1.0, ..Options::default() })
}

fn svg(theme: Theme) -> String {
    String::from_utf8(written(theme, Format::Svg)).expect("UTF-8")
}

/// The picture without its words.
fn pixels(svg: &str) -> Pixmap {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).expect("an SVG");
    let size = tree.size().to_int_size();
    let mut pixmap = Pixmap::new(size.width(), size.height()).expect("it has an area");
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    pixmap
}

#[test]
fn where_no_media_query_is_read_auto_is_light() {
    assert!(written(Theme::Auto, Format::Png) == written(Theme::Light, Format::Png));
    assert!(written(Theme::Auto, Format::Drawio) == written(Theme::Light, Format::Drawio));
}

#[test]
fn on_a_dark_screen_auto_is_dark() {
    let auto = svg(Theme::Auto);
    let (before, night) = auto.split_once("@media screen and (prefers-color-scheme:dark){\n").expect("a media query");
    let (night, after) = night.split_once("\n}\n").expect("its end");
    let at_night = format!("{before}{night}\n{after}");
    assert!(pixels(&auto) == pixels(&svg(Theme::Light)), "by day");
    assert!(pixels(&at_night) == pixels(&svg(Theme::Dark)), "by night");
}

#[test]
fn print_has_no_colour() {
    let picture = pixels(&svg(Theme::Print));
    assert!(picture.pixels().iter().all(|pixel| pixel.red() == pixel.green() && pixel.green() == pixel.blue()));
}

#[test]
fn no_theme_moves_anything() {
    let places = |theme: Theme| {
        let svg = svg(theme);
        let mut places = Vec::new();
        for name in ["rect", "use", "path", "text"] {
            for mut element in elements(&svg, name) {
                element.retain(|key, _| ["x", "y", "width", "height", "d"].contains(&key.as_str()));
                places.push(element);
            }
        }
        places
    };
    for theme in [Theme::Dark, Theme::Auto, Theme::Print] {
        assert_eq!(places(theme), places(Theme::Light), "{theme:?}");
        assert!(written(theme, Format::Json) == written(Theme::Light, Format::Json), "{theme:?}");
    }
}

/// What draws a page of draw.io in a theme: its ground, its words, its lines.
#[test]
fn a_page_of_draw_io_is_in_the_colours_of_its_theme() {
    let colours = |theme: Theme| {
        let page = String::from_utf8(written(theme, Format::Drawio)).expect("UTF-8");
        let ground = elements(&page, "mxGraphModel")[0]["background"].clone();
        let styles: Vec<String> =
            elements(&page, "mxCell").into_iter().filter_map(|mut cell| cell.remove("style")).collect();
        (ground, styles.join(""))
    };
    assert_eq!(colours(Theme::Dark).0, "#0F1B2A");
    let (ground, styles) = colours(Theme::Print);
    assert_eq!(ground, "#FFFFFF");
    let is_grey = |hex: &str| hex[0..2] == hex[2..4] && hex[2..4] == hex[4..6];
    let coloured: Vec<&str> = styles.split('#').skip(1).map(|rest| &rest[..6]).filter(|hex| !is_grey(hex)).collect();
    assert_eq!(coloured, Vec::<&str>::new());
    assert!(styles.contains("dashPattern=7 3;"), "kubectl's line is told by its dash");
}
