//! A secret number of each process, so that handles of other processes and
//! copies of the library do not match by chance.
//!
//! It guards against mistakes, not against attackers, and is made from what a
//! process already has. On Linux it needs no system call, which a sandbox could
//! refuse and which could fail, wait or be a cancellation point: the kernel left
//! 16 random bytes in the process when it started the program.

use std::hash::{DefaultHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

/// The secret; 0 before the first slot is made.
static SECRET: AtomicU64 = AtomicU64::new(0);

/// The secret itself.
pub(in crate::boundary) fn secret() -> u64 {
    match SECRET.load(Ordering::Relaxed) {
        0 => choose(),
        chosen => chosen,
    }
}

/// A number for a slot that cannot be computed without the secret.
pub(super) fn number_for(index: u32) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write_u64(secret());
    hasher.write_u32(index);
    hasher.finish()
}

/// If threads race, one of them chooses for all.
#[cold]
fn choose() -> u64 {
    let mut hasher = DefaultHasher::new();
    // Each copy of the library has another address.
    hasher.write_usize((&raw const SECRET).addr());
    add_random(&mut hasher);
    let chosen = hasher.finish() | 1;
    match SECRET.compare_exchange(0, chosen, Ordering::Relaxed, Ordering::Relaxed) {
        Ok(_) => chosen,
        Err(other) => other,
    }
}

/// Adds the kernel's random bytes, and what tells a process from others that were
/// forked from the same one. The bytes are also the C library's stack protector:
/// 64 bits of a hash of these and all else do not give 128 away.
#[cfg(all(any(target_os = "linux", target_os = "android"), not(miri)))]
fn add_random(hasher: &mut impl Hasher) {
    // SAFETY: takes a number, gives a number.
    let random = unsafe { libc::getauxval(libc::AT_RANDOM) } as usize;
    if random != 0 {
        // SAFETY: the kernel has put 16 bytes there, and they stay.
        hasher.write(unsafe { &*std::ptr::with_exposed_provenance::<[u8; 16]>(random) });
    }
    let mut now = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    hasher.write_usize((&raw const now).addr());
    // SAFETY: `now` has room for a time. It stays 0 if there is no clock.
    unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &raw mut now) };
    hasher.write(&now.tv_sec.to_ne_bytes());
    hasher.write(&now.tv_nsec.to_ne_bytes());
    hasher.write_u32(std::process::id());
}

/// Adds random bytes from the system and, should it have none, the time.
#[cfg(all(windows, not(miri)))]
fn add_random(hasher: &mut impl Hasher) {
    let (random, time) = crate::boundary::windows::random_and_time();
    hasher.write(&random);
    hasher.write_i64(time);
    hasher.write_u32(std::process::id());
}

/// Adds random bytes from the system.
#[cfg(not(all(any(target_os = "linux", target_os = "android", windows), not(miri))))]
fn add_random(hasher: &mut impl Hasher) {
    use std::hash::{BuildHasher, RandomState};
    let random = crate::boundary::cancellation::held_back(RandomState::new);
    hasher.write_u64(random.hash_one(0_u64));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slot_has_a_number_of_its_own_that_stays() {
        let numbers: Vec<u64> = (0..1000).map(number_for).collect();
        let mut others = numbers.clone();
        others.sort_unstable();
        others.dedup();
        assert_eq!(others.len(), 1000);
        assert_eq!(numbers, (0..1000).map(number_for).collect::<Vec<_>>());
    }

    #[test]
    fn threads_that_choose_at_once_choose_the_same() {
        let chosen = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(choose)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("it ends well"))
                .collect::<Vec<_>>()
        });
        assert!(chosen.iter().all(|one| *one == chosen[0] && *one != 0));
    }
}
