import FoundationEssentials
import Glibc

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

    /// Whether the process is gone, or only waits for its parent to notice; false if the kernel does not
    /// tell, since then nothing is known of any process.
    public static func isGone(_ process: Int32) -> Bool {
        let states = threads(of: process)
        if states.isEmpty { return canLook }
        return states.allSatisfy { $0 == "Z" || $0 == "X" }
    }

    /// Whether the kernel tells of processes at all: `/proc` is there, and this process is in it.
    public static var canLook: Bool { !threads(of: getpid()).isEmpty }

    /// The name of a program may hold anything, so the state is what follows the last `)`.
    static func letter(inStat stat: String) -> Character? {
        guard let end = stat.lastIndex(of: ")") else { return nil }
        return stat[stat.index(after: end)...].first { $0 != " " }
    }
}
