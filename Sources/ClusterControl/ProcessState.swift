import FoundationEssentials

/// What the kernel says of a process.
public enum ProcessState {
    /// The state letters of all threads, such as `S` or `T`; empty if the process is gone.
    ///
    /// Source: proc_pid_stat(5), field 3.
    public static func threads(of process: Int32) -> [Character] {
        let tasks = "/proc/\(process)/task"
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        // A thread that ends between the two looks is no longer part of the answer.
        return threads.compactMap { letter(inStat: KernelFile.contents("\(tasks)/\($0)/stat")) }
    }

    /// Whether every thread of the process is stopped.
    public static func isStopped(_ process: Int32) -> Bool {
        let states = threads(of: process)
        return !states.isEmpty && states.allSatisfy { $0 == "T" }
    }

    /// Whether the process is gone, or only waits for its parent to notice.
    public static func isGone(_ process: Int32) -> Bool {
        threads(of: process).allSatisfy { $0 == "Z" || $0 == "X" }
    }

    /// The name of a program may hold anything, so the state is what follows the last `)`.
    static func letter(inStat stat: String) -> Character? {
        guard let end = stat.lastIndex(of: ")") else { return nil }
        return stat[stat.index(after: end)...].first { $0 != " " }
    }
}
