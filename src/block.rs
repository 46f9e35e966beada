//! Sixty-four bytes → sixty-four bits: a test of every byte at once, which the compiler does with vectors.

/// How many bytes are looked at together.
pub(crate) const BLOCK: usize = 64;

/// One bit for each byte that passes, the first byte's the lowest.
#[inline]
pub(crate) fn mask_of(block: &[u8; BLOCK], passes: impl Fn(u8) -> bool) -> u64 {
    // Gathers the lowest bits of eight bytes in one: bit i of byte j times 2^(56 - 7j) is bit 56 + j.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut hits = [0u8; BLOCK];
    for (hit, &byte) in hits.iter_mut().zip(block) {
        *hit = u8::from(passes(byte));
    }
    let eights = hits.chunks_exact(8).map(|eight| eight.try_into().map_or(0, u64::from_le_bytes));
    let gathered = eights.map(|eight| eight.wrapping_mul(GATHER) >> 56);
    gathered.enumerate().fold(0, |mask, (place, bits)| mask | bits << (8 * place))
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
