/// The files that pages are made of.
enum Asset {
    /// The text of a file.
    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
