internal import Foundation

/// Files that are there as a whole or not at all, whenever their writer is killed.
public enum WholeFile {
    /// Why a file could not be written.
    public struct NotWritten: Error, Hashable, CustomStringConvertible {
        /// The file.
        public var path: String
        /// What the kernel said.
        public var reason: String

        /// Names a file and why it could not be written.
        public init(path: String, reason: String) {
            self.path = path
            self.reason = reason
        }

        /// Both in a sentence.
        public var description: String { "can't write \(path): \(reason)" }
    }

    /// Writes a text in the place of whatever the file held before.
    ///
    /// The text goes into a file without a name, which is gone with this process, and gets its name only
    /// when it is complete. File systems that know no such files get one beside it, ending in `.new`, which
    /// the next one to write takes over.
    /// Devices and pipes take the text as it comes, and of a link what it leads to is written.
    /// - Throws: ``NotWritten``.
    public static func write(_ text: String, to path: String) throws(NotWritten) {
        var status = stat()
        if stat(path, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
            let file = open(path, O_WRONLY | O_CLOEXEC)
            guard file >= 0 else { throw problem(path) }
            defer { close(file) }
            return try fill(file, with: text, path)
        }
        try replace(target(of: path), with: text)
    }

    /// What a path leads to, by whatever links.
    private static func target(of path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    private static func replace(_ path: String, with text: String) throws(NotWritten) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let new = path + ".new"
        let nameless = open(folder, Self.withoutName | O_WRONLY | O_CLOEXEC, 0o644)
        let file =
            nameless >= 0 ? nameless : open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw problem(path) }
        defer { close(file) }
        do throws(NotWritten) {
            try fill(file, with: text, path)
            if nameless >= 0 { try name(file, new, path) }
            guard rename(new, path) == 0 else { throw problem(path) }
        } catch {
            unlink(new)
            throw error
        }
    }

    /// `O_TMPFILE` of Linux, which Glibc's module leaves out.
    private static let withoutName: Int32 = 0o20_000_000 | O_DIRECTORY

    private static func fill(
        _ file: Int32, with text: String, _ path: String
    ) throws(NotWritten) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw problem(path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Gives a file without a name one.
    private static func name(_ file: Int32, _ new: String, _ path: String) throws(NotWritten) {
        let link = { linkat(AT_FDCWD, "/proc/self/fd/\(file)", AT_FDCWD, new, AT_SYMLINK_FOLLOW) }
        if link() == 0 { return }
        guard errno == EEXIST, unlink(new) == 0, link() == 0 else { throw problem(path) }
    }

    private static func problem(_ path: String) -> NotWritten {
        NotWritten(path: path, reason: FileProblem.words(errno))
    }
}
