//! A list for each of many lines, all in one piece of memory that is used again.

/// What is held of each line, the last first.
pub struct Lists<T> {
    /// Where each line's list begins.
    firsts: Vec<u32>,
    /// With the place of the one after it in its list.
    held: Vec<(T, u32)>,
}

const END: u32 = u32::MAX;

impl<T> Default for Lists<T> {
    fn default() -> Lists<T> {
        Lists { firsts: Vec::new(), held: Vec::new() }
    }
}

impl<T: Copy> Lists<T> {
    /// So many empty lists.
    pub fn renew(&mut self, lines: usize) {
        self.held.clear();
        self.firsts.clear();
        self.firsts.resize(lines, END);
    }

    #[inline]
    pub fn push(&mut self, line: usize, what: T) {
        let place = self.held.len() as u32;
        self.held.push((what, std::mem::replace(&mut self.firsts[line], place)));
    }

    pub fn of(&self, line: usize) -> impl Iterator<Item = T> {
        let at = |place: u32| self.held.get(place as usize);
        std::iter::successors(at(self.firsts[line]), move |(_, next)| at(*next)).map(|(what, _)| *what)
    }
}
