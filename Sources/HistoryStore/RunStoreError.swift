/// A run file that can't be read or written.
public enum RunStoreError: Error, Hashable, CustomStringConvertible {
    /// There is no such file.
    case missing(path: String)
    /// It is not an SQLite file, or one that something else wrote.
    case foreign(path: String, found: String)
    /// It was written by another version of the harness.
    case otherVersion(path: String, found: Int, expected: Int)
    /// It is a run file, but damaged.
    case damaged(path: String, reason: String)
    /// It could not be written.
    case notWritten(path: String, reason: String)

    /// What is wrong, with which file, and what to do.
    public var description: String {
        switch self {
        case .missing(let path):
            "no run file at \(path); the command `list runs` names those there are"
        case .foreign(let path, let found):
            "\(path) is not a run file of the harness: \(found)"
        case .otherVersion(let path, let found, let expected):
            "\(path) has format \(found), but this harness reads format \(expected); "
                + "use the harness that wrote it"
        case .damaged(let path, let reason):
            "\(path) is damaged: \(reason); `sqlite3 \(path) .recover` may save what is left"
        case .notWritten(let path, let reason):
            "can't write \(path): \(reason); \(Self.remedy(for: reason))"
        }
    }

    /// What helps against what SQLite or the kernel said.
    private static func remedy(for reason: String) -> String {
        let reason = reason.lowercased()
        if reason.contains("locked") || reason.contains("busy") {
            return "another program has it open; end that and try again"
        }
        if reason.contains("readonly") || reason.contains("permission")
            || reason.contains("unable to open")
        {
            return "make it writable for this user, or choose another folder with --reports"
        }
        return "free some space or choose another folder with --reports"
    }
}
