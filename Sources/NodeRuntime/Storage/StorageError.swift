#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why a node cannot use its data directory.
public enum StorageError: Error, Hashable, CustomStringConvertible {
    /// The kernel refused.
    case system(String, path: String, code: Int32)
    /// A record that was once synced is damaged; later ones are sound.
    case damagedRecord(path: String, offset: Int)
    /// The same in the store of a gossip node, which the others can give back.
    case damagedStore(path: String, offset: Int)
    /// A record is sound but makes no sense where it stands.
    case unreadableRecord(path: String, reason: String)

    /// What went wrong, where, and what to do about it.
    public var description: String {
        switch self {
        case .system(let call, let path, let code):
            """
            could not \(call) \(path): \(String(cString: strerror(code))); \
            check the directory's permissions and free space
            """
        case .damagedRecord(let path, let offset):
            """
            the record at byte \(offset) of \(path) is damaged and later ones are not, \
            so this is no torn tail; restore the file, or empty the data directory \
            to let the node begin anew under a new number
            """
        case .damagedStore(let path, let offset):
            """
            the record at byte \(offset) of \(path) is damaged and later ones are not, \
            so this is no torn tail; restore the file, or move it away and start the node again: \
            it then rejoins empty, in another life, and gets back what the others have
            """
        case .unreadableRecord(let path, let reason):
            """
            a record of \(path) is unreadable (\(reason)); \
            it was written by another version: use that one, or empty the data directory
            """
        }
    }
}
