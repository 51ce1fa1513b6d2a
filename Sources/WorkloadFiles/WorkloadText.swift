internal import Files
internal import Foundation
internal import Yams

/// The text of a workload file, read and made a tree within bounds.
///
/// An alias stands for all of what its anchor names, aliases in it included, so that a few lines can
/// stand for more than there is memory. So there are few of them, and what they come to is counted
/// before anything is made of it.
enum WorkloadText {
    /// The bytes of a workload file; that of a shrunken run lists its operations.
    static let bytesMax = 16 << 20
    /// The bytes of a workload file that has aliases.
    static let bytesWithAliasesMax = 1 << 20
    /// How many aliases a workload file can have.
    static let aliasesMax = 20
    /// How deep lists and settings can be nested.
    static let depthMax = 64
    /// What all aliases together come to, in bytes of text and in nodes of the tree.
    private static let expandedMax = 16 << 20

    /// Reads the file at `path`.
    static func read(_ path: String) throws(WorkloadFileError) -> String {
        var status = stat()
        // What is not there says so when it is read.
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw .unreadable(
                path: path,
                reason: status.st_mode & S_IFMT == S_IFDIR
                    ? "it is a folder; give a workload file, NAME.yaml"
                    : "it is a device or a pipe, not a file")
        }
        guard status.st_size <= bytesMax else {
            throw .unreadable(
                path: path,
                reason: "it has \(status.st_size) bytes, a workload file has \(bytesMax) at most")
        }
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw .unreadable(path: path, reason: FileProblem.words(error))
        }
    }

    /// Makes a tree of the text; nil if it is empty.
    ///
    /// - Throws: ``WorkloadFileError``, or what Yams says of a text that is not YAML.
    static func compose(_ text: String, path: String) throws -> Node? {
        guard text.utf8.count <= bytesMax else {
            throw WorkloadFileError.unreadable(
                path: path,
                reason: "it has \(text.utf8.count) bytes, a workload file has \(bytesMax) at most")
        }
        let aliases = aliases(in: text)
        // Before the tree is made: Yams compares what is used as the name of a setting.
        guard aliases <= aliasesMax else {
            throw WorkloadFileError.unreadable(
                path: path,
                reason: "it has \(aliases) aliases (words that begin with *), a workload file has "
                    + "\(aliasesMax) at most; write out what they stand for")
        }
        guard aliases == 0 || text.utf8.count <= bytesWithAliasesMax else {
            throw WorkloadFileError.unreadable(
                path: path,
                reason: "it has \(text.utf8.count) bytes, a workload file with aliases (words that "
                    + "begin with *) has \(bytesWithAliasesMax) at most; write out what they stand for"
            )
        }
        guard let root = try Yams.compose(yaml: text) else { return nil }
        var left = expandedMax
        try measure(root, depth: 0, left: &left, path: path)
        return root
    }

    /// How many words may be aliases; one in quotes or in a comment counts, too.
    private static func aliases(in text: String) -> Int {
        var count = 0
        var before = UInt8(ascii: " ")
        var isAtStar = false
        for byte in text.utf8 {
            if isAtStar, isWord(byte) { count += 1 }
            isAtStar = byte == UInt8(ascii: "*") && !isWord(before)
            before = byte
        }
        return count
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
            true
        default: false
        }
    }

    /// Counts what a node and all in it come to, until that is too much.
    private static func measure(
        _ node: Node, depth: Int, left: inout Int, path: String
    ) throws(WorkloadFileError) {
        func refuse(_ message: String) -> WorkloadFileError {
            .wrong(
                path: path, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1,
                message: message)
        }
        guard depth < depthMax else {
            throw refuse("expected no more than \(depthMax) lists and settings in each other")
        }
        left -= 1 + (node.scalar?.string.utf8.count ?? 0)
        guard left >= 0 else {
            throw refuse(
                "with all aliases written out the file has more than \(expandedMax) bytes")
        }
        if let sequence = node.sequence {
            for element in sequence {
                try measure(element, depth: depth + 1, left: &left, path: path)
            }
        }
        if let mapping = node.mapping {
            for (key, value) in mapping {
                try measure(key, depth: depth + 1, left: &left, path: path)
                try measure(value, depth: depth + 1, left: &left, path: path)
            }
        }
    }
}
