//! Sixty-four bytes → sixty-four bits: a test of every byte at once, which the compiler does with vectors.

/// How many bytes are looked at together.
pub(crate) const BLOCK: usize = 64;
/// How many of them the vectors of any processor hold.
const ROW: usize = 16;

/// One bit for each byte that passes, the first byte's the lowest.
#[inline]
pub(crate) fn mask_of(block: &[u8; BLOCK], passes: impl Fn(u8) -> bool) -> u64 {
    let (rows, _) = block.as_chunks::<ROW>();
    let mut row = [0u8; ROW];
    for (column, bits) in row.iter_mut().enumerate() {
        // Two bits for each row, one for its first eight columns and one for the others.
        let half = column / (ROW / 2);
        let bit = |row: usize| if passes(rows[row][column]) { 1 << (2 * row + half) } else { 0 };
        *bits = bit(0) | bit(1) | bit(2) | bit(3);
    }
    let [low, high] = halves(&row);
    transposed(low | high)
}

fn halves(row: &[u8; ROW]) -> [u64; 2] {
    let row = u128::from_le_bytes(*row);
    [row as u64, (row >> 64) as u64]
}

/// Bit i of byte j becomes bit j of byte i.
#[inline]
fn transposed(square: u64) -> u64 {
    let swap = |square: u64, distance: u32, kept: u64| {
        let moved = (square ^ (square >> distance)) & kept;
        square ^ moved ^ (moved << distance)
    };
    let square = swap(square, 7, 0x00AA_00AA_00AA_00AA);
    let square = swap(square, 14, 0x0000_CCCC_0000_CCCC);
    swap(square, 28, 0x0000_0000_F0F0_F0F0)
}

/// The `N` bytes from `at` on, with zeros behind the last.
#[inline]
pub(crate) fn load<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let rest = bytes.get(at..).unwrap_or(&[]);
    match rest.first_chunk() {
        Some(chunk) => *chunk,
        None => padded(rest),
    }
}

#[cold]
fn padded<const N: usize>(rest: &[u8]) -> [u8; N] {
    let mut bytes = [0; N];
    bytes[..rest.len()].copy_from_slice(rest);
    bytes
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, load, mask_of};

    #[test]
    fn a_mask_is_what_a_loop_finds() {
        let bytes: Vec<u8> = (0..=255).chain(0..40).collect();
        for at in 0..bytes.len() {
            let block: [u8; BLOCK] = load(&bytes, at);
            let passes = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0xC2;
            let expected = (0..BLOCK).filter(|&place| bytes.get(at + place).is_some_and(|&byte| passes(byte)));
            assert_eq!(mask_of(&block, passes), expected.fold(0, |mask, place| mask | 1 << place), "{at}");
        }
    }
}
