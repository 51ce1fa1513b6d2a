/// A workload file, or a value for one of its settings, that makes no sense.
public enum WorkloadFileError: Error, Hashable, CustomStringConvertible {
    /// The file can't be read.
    case unreadable(path: String, reason: String)
    /// The file says nothing: it is empty, or holds comments only.
    case empty(path: String)
    /// Something in the file is wrong, at a line and column counted from 1.
    case wrong(path: String, line: Int, column: Int, message: String)

    /// What is wrong and where: `file:line:column: message`.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "can't read the workload file \(path): \(reason)"
        case .empty(let path):
            "no settings in \(path); write at least one as \"name: value\", such as nodes: 3"
        case .wrong(let path, let line, let column, let message):
            "\(path):\(line):\(column): \(message)"
        }
    }
}
