use super::*;

/// What a field of the table holds: phrases.
pub trait Phrase {
    fn words(&self) -> Vec<&'static str>;
}

impl Phrase for &'static str {
    fn words(&self) -> Vec<&'static str> {
        vec![self]
    }
}

impl Phrase for (&'static str, &'static str) {
    fn words(&self) -> Vec<&'static str> {
        vec![self.0, self.1]
    }
}

impl Phrase for &'static [(&'static str, &'static str)] {
    fn words(&self) -> Vec<&'static str> {
        self.iter().map(|(_, place)| *place).collect()
    }
}

/// The values that a phrase shows, in order.
fn shown(phrase: &str) -> Vec<char> {
    let values = ["①", "②", "③"];
    let mut shown: Vec<char> = fill(phrase, &values).chars().filter(|c| "①②③".contains(*c)).collect();
    shown.sort_unstable();
    shown
}

#[test]
fn values_take_the_places_of_a_phrase_in_order() {
    assert_eq!(fill("{} from {}", &["SSH 22", "0.0.0.0/0"]), "SSH 22 from 0.0.0.0/0");
}

#[test]
fn a_language_with_another_order_of_words_numbers_the_values() {
    assert_eq!(fill("{1}에서 {0} 허용", &["SSH 22", "0.0.0.0/0"]), "0.0.0.0/0에서 SSH 22 허용");
}

#[test]
fn a_value_that_looks_like_a_place_is_left_as_it_is() {
    assert_eq!(fill("{} and {}", &["{1}", "b"]), "{1} and b");
}

#[test]
fn one_is_singular() {
    assert_eq!(count(ENGLISH.count_subnets, 1), "1 subnet");
    assert_eq!(count(ENGLISH.count_subnets, 4), "4 subnets");
    assert_eq!(count(KOREAN.count_subnets, 1), "서브넷 1개");
}

#[test]
fn no_phrase_of_any_language_is_empty() {
    for language in Language::ALL {
        for (name, words) in language.phrases().each() {
            assert!(!words.is_empty(), "{language:?}: {name}");
        }
    }
}

#[test]
fn every_language_shows_the_same_values_as_english() {
    for language in Language::ALL {
        for ((name, words), (_, english)) in language.phrases().each().into_iter().zip(ENGLISH.each()) {
            assert_eq!(shown(words), shown(english), "{language:?}: {name}");
        }
    }
}

#[test]
fn every_language_names_the_same_regions() {
    for language in Language::ALL {
        let regions = |phrases: &Phrases| phrases.places.iter().map(|(region, _)| *region).collect::<Vec<_>>();
        assert_eq!(regions(language.phrases()), regions(&ENGLISH), "{language:?}");
    }
    assert_eq!(KOREAN.region_place("ap-northeast-2"), Some("서울"));
}

#[test]
fn what_korean_says_in_latin_letters_only_are_names_of_products() {
    let is_korean = |words: &str| words.chars().any(|c| ('가'..='힣').contains(&c));
    let latin: Vec<&str> =
        KOREAN.each().into_iter().filter(|(_, words)| !is_korean(words)).map(|(name, _)| name).collect();
    let names = [
        "outpost",
        "etcd",
        "auto_mode",
        "application_load_balancer",
        "network_load_balancer",
        "gateway_load_balancer",
        "classic_load_balancer",
        "site_to_site_vpn",
        "title_vpc",
        "title_page",
        "ssh",
        "https",
        "and",
        "places",
        "kubectl",
        "dns_is",
        "resolver",
        "step_dns",
        "elastic_load_balancing",
        "kubernetes_version",
        "view_kubernetes",
        "kubeconfig",
    ];
    assert_eq!(latin.iter().filter(|name| !names.contains(name)).collect::<Vec<_>>(), Vec::<&&str>::new());
}
