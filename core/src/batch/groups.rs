//! Results of groups: sums and means by one integer for each group, other statistics
//! and difficult values by collecting the values of each group, and runs of one group
//! in place.

use crate::batch::error::GroupError;
use crate::batch::ids::Ids;
use crate::batch::partition::{Partition, counts};
use crate::batch::place::Place;
use crate::batch::rows::Number;
use crate::batch::runs;
use crate::batch::sums::Sums;
use crate::batch::{Statistic, of_count};
use crate::column::Column;
use crate::column::elements::Values;
use crate::parallel::{Split, for_each_run};
use crate::simd::Isa;
use crate::workers::{ScopedThreads, Workers};

/// Runs of as many rows of a group, on average, are columns of their own.
const LONG_RUN: usize = 64;

/// The thread that calls.
const ALONE: ScopedThreads = ScopedThreads(1);

/// What is done, and by whom.
#[derive(Clone, Copy)]
struct Job<'a> {
    isa: Isa,
    workers: &'a dyn Workers,
    what: Statistic,
    ids: Ids<'a>,
}

impl Column<'_> {
    /// Computes a statistic for each group: `results[g]` is that of the values with id
    /// `g` in `groups`.
    ///
    /// `groups` is a column of integers of any type, each less than the number of
    /// results. A row is skipped if its id or its value is missing.
    ///
    /// Allocates memory for one or two more numbers for each group, and in some cases
    /// for each value.
    ///
    /// # Errors
    /// [`GroupError::NotIntegers`], [`GroupError::NoGroup`] and
    /// [`GroupError::OutOfMemory`]; no result is written then.
    ///
    /// # Panics
    /// If the columns differ in length.
    ///
    /// ```
    /// use tally_core::{Column, Statistic};
    ///
    /// let prices = [0.1, 1e100, 0.2, 1.0, -1e100];
    /// let shops = [0_u8, 2, 0, 2, 2];
    /// let mut totals = [0.0; 3];
    /// Column::new(&prices).group(&Column::new(&shops), Statistic::Sum, &mut totals)?;
    /// assert_eq!(totals, [0.30000000000000004, 0.0, 1.0]);
    /// # Ok::<(), tally_core::GroupError>(())
    /// ```
    pub fn group<P: Place<f64>>(
        &self,
        groups: &Column<'_>,
        what: Statistic,
        results: &mut [P],
    ) -> Result<(), GroupError> {
        self.group_on(Isa::best(), &ALONE, groups, what, results)
    }

    /// [`Column::group`] on several threads.
    ///
    /// # Errors
    /// Those of [`Column::group`].
    ///
    /// # Panics
    /// If the columns differ in length.
    pub fn group_parallel<P: Place<f64>>(
        &self,
        workers: &impl Workers,
        groups: &Column<'_>,
        what: Statistic,
        results: &mut [P],
    ) -> Result<(), GroupError> {
        self.group_on(Isa::best(), workers, groups, what, results)
    }

    /// [`Column::group_parallel`] with the given instruction set.
    #[doc(hidden)]
    pub fn group_on<P: Place<f64>>(
        &self,
        isa: Isa,
        workers: &dyn Workers,
        groups: &Column<'_>,
        what: Statistic,
        results: &mut [P],
    ) -> Result<(), GroupError> {
        assert_eq!(self.rows, groups.rows, "the columns differ in length");
        let ids = Ids::new(isa, groups, results.len())?;
        let job = Job {
            isa,
            workers,
            what,
            ids,
        };
        if ids
            .changes
            .is_some_and(|changes| self.rows / LONG_RUN > changes)
        {
            return self.group_runs(&job, results);
        }
        match what {
            Statistic::Sum => self.group_sums(&job, results, Sums::sum),
            Statistic::Mean => self.group_sums(&job, results, Sums::mean),
            Statistic::Count => self.group_counts(&job, results),
            _ => self.group_parts(&job, results, None),
        }
    }

    /// Computes the exact sum of each group of integers: `results[g]` is that of the
    /// values with id `g` in `groups`. A sum outside `i64` is replaced by the nearest
    /// `i64`. Returns the number of such sums.
    ///
    /// # Errors
    /// [`GroupError::NotIntegerValues`], and those of [`Column::group`]; no result is written
    /// then.
    ///
    /// # Panics
    /// If the columns differ in length.
    pub fn group_sum_i64<P: Place<i64>>(
        &self,
        groups: &Column<'_>,
        results: &mut [P],
    ) -> Result<usize, GroupError> {
        self.group_sum_i64_parallel(&ALONE, groups, results)
    }

    /// [`Column::group_sum_i64`] on several threads.
    ///
    /// # Errors
    /// Those of [`Column::group_sum_i64`].
    ///
    /// # Panics
    /// If the columns differ in length.
    pub fn group_sum_i64_parallel<P: Place<i64>>(
        &self,
        workers: &impl Workers,
        groups: &Column<'_>,
        results: &mut [P],
    ) -> Result<usize, GroupError> {
        assert_eq!(self.rows, groups.rows, "the columns differ in length");
        if !self.values.are_integers() {
            return Err(GroupError::NotIntegerValues);
        }
        let isa = Isa::best();
        let ids = Ids::new(isa, groups, results.len())?;
        let mut outside = 0;
        // There are some, of integers.
        if let Some(sums) = Sums::of(isa, workers, self, &ids, false)? {
            for (group, result) in results.iter_mut().enumerate() {
                let sum = sums.integer(group);
                let nearest = sum.clamp(i64::MIN.into(), i64::MAX.into());
                outside += usize::from(nearest != sum);
                result.put(nearest as i64);
            }
        }
        Ok(outside)
    }

    /// Sorted ids: each group's rows as a column.
    fn group_runs<P: Place<f64>>(
        &self,
        job: &Job<'_>,
        results: &mut [P],
    ) -> Result<(), GroupError> {
        let ends = runs::ends(job.isa, &job.ids)?;
        let what = job.what;
        self.put_each(job, results, |group| {
            let first = group.checked_sub(1).map_or(0, |before| ends[before]);
            Some(what.of(&self.part(first..ends[group])))
        });
        Ok(())
    }

    fn group_counts<P: Place<f64>>(
        &self,
        job: &Job<'_>,
        results: &mut [P],
    ) -> Result<(), GroupError> {
        let counts = match self.values {
            Values::I64(_) => counts::<i64>(job.isa, self, &job.ids),
            Values::U64(_) => counts::<u64>(job.isa, self, &job.ids),
            _ => counts::<f64>(job.isa, self, &job.ids),
        }?;
        for (result, count) in results.iter_mut().zip(counts) {
            result.put(of_count(count as u64));
        }
        Ok(())
    }

    /// Sums or means.
    fn group_sums<P: Place<f64>>(
        &self,
        job: &Job<'_>,
        results: &mut [P],
        result_of: impl Fn(&Sums, usize) -> f64 + Sync,
    ) -> Result<(), GroupError> {
        let counted = job.what == Statistic::Mean;
        let Some(sums) = Sums::of(job.isa, job.workers, self, &job.ids, counted)? else {
            return self.group_parts(job, results, None);
        };
        if sums.any_apart() {
            self.group_parts(job, results, Some(&sums.apart))?;
        }
        self.put_each(job, results, |group| {
            (!sums.apart[group]).then(|| result_of(&sums, group))
        });
        Ok(())
    }

    /// Any statistic, of all groups or of those that are wanted.
    fn group_parts<P: Place<f64>>(
        &self,
        job: &Job<'_>,
        results: &mut [P],
        wanted: Option<&[bool]>,
    ) -> Result<(), GroupError> {
        match self.values {
            Values::I64(_) => self.group_parts_of::<i64, P>(job, results, wanted),
            Values::U64(_) => self.group_parts_of::<u64, P>(job, results, wanted),
            _ => self.group_parts_of::<f64, P>(job, results, wanted),
        }
    }

    fn group_parts_of<T: Number, P: Place<f64>>(
        &self,
        job: &Job<'_>,
        results: &mut [P],
        wanted: Option<&[bool]>,
    ) -> Result<(), GroupError> {
        let is_wanted = |group: usize| wanted.is_none_or(|wanted| wanted[group]);
        let parts = Partition::<T>::of(job.isa, self, &job.ids, is_wanted)?;
        let what = job.what;
        self.put_each(job, results, |group| {
            is_wanted(group).then(|| what.of(&T::column(parts.group(group))))
        });
        Ok(())
    }

    /// Writes each result that there is.
    fn put_each<P: Place<f64>>(
        &self,
        job: &Job<'_>,
        results: &mut [P],
        result_of: impl Fn(usize) -> Option<f64> + Sync,
    ) {
        let split = Split::that_pays(job.workers, self.rows);
        let threads = split.map_or(1, |split| split.threads);
        for_each_run(job.workers, threads, results, |first, results| {
            for (index, place) in results.iter_mut().enumerate() {
                if let Some(result) = result_of(first + index) {
                    place.put(result);
                }
            }
        });
    }
}
