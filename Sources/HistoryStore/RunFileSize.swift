internal import Foundation

/// How much of a run file is really on the disk.
struct RunFileSize {
    private let bytes: Int

    /// Looks at the file and at what waits beside it to be folded in.
    init(_ path: String) {
        bytes = Self.stored(path) + Self.stored(path + "-wal")
    }

    /// More events than can be in the file, whatever its header and the events' numbers say.
    ///
    /// An event takes a byte for each of ten columns, its number, two words and its place in a page.
    /// In memory it takes less than eight times that, so that no file asks for much more than it is.
    var rowsMax: Int { bytes / 24 }

    /// The bytes of a file that are there; none if there is no such file.
    ///
    /// One with holes can claim to be of any size.
    private static func stored(_ path: String) -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else { return 0 }
        return min(Int(status.st_size), Int(status.st_blocks) * 512)
    }
}
