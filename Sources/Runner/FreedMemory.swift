#if canImport(CMalloc)
    internal import CMalloc
#endif

/// What becomes of memory that a run has freed.
public enum FreedMemory {
    /// Keeps it for the next run instead of giving it back to the kernel.
    ///
    /// A process that simulates one run after the other would otherwise take a page fault for every
    /// page again in each; that is a tenth of its time. The process stays as large as its largest run.
    /// Nothing happens where the C library has no such setting.
    public static func keepForNextRun() {
        #if canImport(CMalloc)
            let megabyte: Int32 = 1 << 20
            _ = mallopt(M_TRIM_THRESHOLD, 1_024 * megabyte - 1)
            _ = mallopt(M_MMAP_THRESHOLD, 32 * megabyte)
            _ = mallopt(M_TOP_PAD, 16 * megabyte)
        #endif
    }
}
