internal import Foundation

#if canImport(CMalloc)
    internal import CMalloc
#endif

/// How much memory this process can ask for.
public enum AddressSpace {
    /// The bytes without which threads can't be started and runs hang; twice what was measured.
    public static let needed = 1 << 30

    /// The bytes that the process may use (`ulimit -v`); nil if there is no bound.
    public static var limit: Int? {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur != unlimited else { return nil }
        return Int(clamping: limit.rlim_cur)
    }

    /// The bytes that a history can be held in: half of what there is.
    ///
    /// The other half is for those who judge it.
    public static var held: Int {
        let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        return min(physical, limit ?? physical) / 2
    }

    /// Why nothing can be done with so little; nil if there is enough.
    public static var shortage: String? {
        guard let limit, limit < needed else { return nil }
        return "the harness needs \(needed >> 20) MiB of address space and may use "
            + "\(limit >> 20) MiB; allow it more, such as with `ulimit -v unlimited`"
    }

    /// From now on the process tells if it ends because it got no more memory, and exits with 70.
    ///
    /// Nothing happens without a bound: then the kernel ends the process without asking.
    public static func tellOfItsEnd() {
        #if canImport(CMalloc)
            guard let limit else { return }
            harness_tell_of_lost_memory(UInt64(limit))
        #endif
    }

    // Glibc declares the constant with a type that differs from what the functions take.
    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(RLIMIT_AS.rawValue)
    #else
        private static let resource = RLIMIT_AS
    #endif
    #if canImport(Darwin)
        private static let unlimited = rlim_t.max >> 1
    #else
        private static let unlimited = rlim_t.max
    #endif
}
