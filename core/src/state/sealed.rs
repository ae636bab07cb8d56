//! Sealed bytes: a saved form in a checked envelope, for where bytes may be damaged.
//! `docs/saved-format.md` specifies it.
//!
//! A saved form is canonical, but most changes of its limbs give another saved form.
//! The envelope has the length and a CRC-32C, which finds every burst of up to 32 bits,
//! every change of up to 3 bits and, in up to 655 bytes, every change of up to 5. (G. Castagnoli, S. Bräuer
//! and M. Herrmann, Optimization of cyclic redundancy-check codes with 24 and 32 parity
//! bits, 1993; P. Koopman, 32-bit cyclic redundancy codes for Internet applications,
//! 2002.)

use crate::error::OpenError;

const MAGIC: [u8; 4] = *b"TALS";
const VERSION: u8 = 1;

/// Bytes that sealing adds: magic, version and zeros, length, checksum.
pub const SEAL_SIZE: usize = 16;

/// Bytes that the checksum covers in front of the content.
const COVERED: usize = SEAL_SIZE - 4;

/// The envelope's bytes that go in front of `saved`; `None` for 2^32 bytes and more.
pub fn seal(saved: &[u8]) -> Option<[u8; SEAL_SIZE]> {
    let length = u32::try_from(saved.len()).ok()?;
    let mut front = [0; SEAL_SIZE];
    front[..4].copy_from_slice(&MAGIC);
    front[4] = VERSION;
    front[8..12].copy_from_slice(&length.to_le_bytes());
    let checksum = crc32c(crc32c(0, &front[..COVERED]), saved);
    front[COVERED..].copy_from_slice(&checksum.to_le_bytes());
    Some(front)
}

/// The saved bytes within sealed ones, if they are as they were sealed. What was
/// sealed need not be a saved form.
///
/// # Errors
/// [`OpenError`] says what is wrong with the bytes.
pub fn open(sealed: &[u8]) -> Result<&[u8], OpenError> {
    let length = sealed.len();
    let Some((front, saved)) = sealed.split_first_chunk::<SEAL_SIZE>() else {
        return Err(OpenError::TooShort { length });
    };
    let [
        m0,
        m1,
        m2,
        m3,
        version,
        z0,
        z1,
        z2,
        l0,
        l1,
        l2,
        l3,
        checksum @ ..,
    ] = *front;
    if [m0, m1, m2, m3] != MAGIC {
        return Err(OpenError::Magic);
    }
    if version != VERSION {
        return Err(OpenError::Version(version));
    }
    if [z0, z1, z2] != [0; 3] {
        return Err(OpenError::Reserved);
    }
    let said = u32::from_le_bytes([l0, l1, l2, l3]);
    if usize::try_from(said).ok() != Some(saved.len()) {
        return Err(OpenError::Length {
            length: saved.len(),
            expected: said,
        });
    }
    if crc32c(crc32c(0, &front[..COVERED]), saved) != u32::from_le_bytes(checksum) {
        return Err(OpenError::Checksum);
    }
    Ok(saved)
}

/// The CRC-32C of what had the checksum `before`, with `bytes` behind it; 0 is that of
/// nothing. (RFC 3720, appendix B.4.)
fn crc32c(before: u32, bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        let index = (crc ^ u32::from(*byte)) & 0xff;
        CRC_OF_BYTE[index as usize] ^ (crc >> 8)
    };
    !bytes.iter().fold(!before, step)
}

/// The polynomial 0x1EDC6F41, its bits reversed.
const POLYNOMIAL: u32 = 0x82f6_3b78;

const CRC_OF_BYTE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { POLYNOMIAL } else { 0 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value of the catalogues, and RFC 3720's examples.
    #[test]
    fn checksums_are_crc_32c() {
        assert_eq!(crc32c(0, b"123456789"), 0xe306_9283);
        assert_eq!(crc32c(0, &[0; 32]), 0x8a91_36aa);
        assert_eq!(crc32c(0, &[0xff; 32]), 0x62a8_ab43);
        let ascending: [u8; 32] = std::array::from_fn(|index| index as u8);
        assert_eq!(crc32c(0, &ascending), 0x46dd_794e);
        assert_eq!(crc32c(crc32c(0, b"1234"), b"56789"), 0xe306_9283);
    }
}
