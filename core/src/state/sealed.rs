//! Sealed bytes: a saved form in an envelope that detects damage.
//! `docs/saved-format.md` specifies it.
//!
//! A saved form is canonical, but most changes of its limbs give another valid one. The
//! envelope begins with the length and ends with a CRC-32C, which detects every burst
//! of up to 32 bits, every change of up to 3 bits and, in up to 655 bytes, every change
//! of up to 5. (G. Castagnoli, S. Bräuer and M. Herrmann, Optimization of cyclic
//! redundancy-check codes with 24 and 32 parity bits, 1993; P. Koopman, 32-bit cyclic
//! redundancy codes for Internet applications, 2002.)

use crate::error::OpenError;
use crate::layout::{MAGIC, SEALED_MAGIC};

const VERSION: u8 = 1;

/// Bytes in front of what is sealed: magic, version and zeros, length.
const FRONT: usize = 12;

/// Bytes behind it: the checksum. There it is a part of the code word, so that bursts
/// are found across its border too.
const BACK: usize = 4;

/// The number of bytes that sealing adds.
pub const SEAL_SIZE: usize = FRONT + BACK;

/// The maximum number of bytes that can be sealed: 128 MiB. The checksum detects
/// changes of up to 3 bits in up to 256 MiB.
pub const SEALED_MAX: usize = 1 << 27;

/// The bytes of an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The bytes before the saved bytes.
    pub front: [u8; FRONT],
    /// The bytes after them.
    pub back: [u8; BACK],
}

/// The envelope of `saved`, which may be any bytes; `None` for more than [`SEALED_MAX`].
///
/// ```
/// use tally_core::{Accumulator, Stored, open, seal};
///
/// let mut sum = Accumulator::new();
/// sum.add_f64(&[0.1, 0.2]);
/// let saved = sum.save().expect("in range");
/// let envelope = seal(saved.as_bytes()).expect("a few hundred bytes");
/// let sealed = [&envelope.front, saved.as_bytes(), &envelope.back].concat();
/// assert_eq!(open(&sealed), Ok(saved.as_bytes()));
/// ```
pub fn seal(saved: &[u8]) -> Option<Envelope> {
    if saved.len() > SEALED_MAX {
        return None;
    }
    let mut front = [0; FRONT];
    front[..4].copy_from_slice(&SEALED_MAGIC);
    front[4] = VERSION;
    front[8..].copy_from_slice(&(saved.len() as u32).to_le_bytes());
    let back = crc32c(crc32c(0, &front), saved).to_le_bytes();
    Some(Envelope { front, back })
}

/// The saved bytes within sealed ones, if they are as they were sealed. They need not be a
/// saved form.
///
/// # Errors
/// [`OpenError`] says what is wrong with the bytes.
pub fn open(sealed: &[u8]) -> Result<&[u8], OpenError> {
    let length = sealed.len();
    let too_short = OpenError::TooShort { length };
    let (front, rest) = sealed.split_first_chunk::<FRONT>().ok_or(too_short)?;
    let (saved, back) = rest.split_last_chunk::<BACK>().ok_or(too_short)?;
    let [m0, m1, m2, m3, version, z0, z1, z2, said @ ..] = *front;
    if [m0, m1, m2, m3] != SEALED_MAGIC {
        return Err(match [m0, m1, m2, m3] {
            MAGIC => OpenError::NotSealed,
            _ => OpenError::Magic,
        });
    }
    if version != VERSION {
        return Err(OpenError::Version(version));
    }
    if [z0, z1, z2] != [0; 3] {
        return Err(OpenError::Reserved);
    }
    let said = u32::from_le_bytes(said);
    if saved.len() > SEALED_MAX || said as usize != saved.len() {
        return Err(OpenError::Length {
            length: saved.len(),
            expected: said,
        });
    }
    if crc32c(crc32c(0, front), saved) != u32::from_le_bytes(*back) {
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
