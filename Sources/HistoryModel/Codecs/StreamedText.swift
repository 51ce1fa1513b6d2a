/// A text that comes piece by piece, so that nobody has to hold all of it.
///
/// ```swift
/// var pieces = [Array("0 :invoke :read nil\n".utf8)]
/// let text = StreamedText { _ in pieces.isEmpty ? [] : pieces.removeFirst() }
/// let history = try DecodedHistory(text).history
/// ```
public struct StreamedText {
    private let next: (Int) -> [UInt8]

    /// Takes the function that gives the next piece.
    ///
    /// - Parameter next: Is given about how many bytes to read, and returns some of them in their
    ///   order; none at the end. Who fails there remembers why, returns none, and tells later.
    public init(_ next: @escaping (_ count: Int) -> [UInt8]) { self.next = next }

    func piece(of count: Int) -> [UInt8] { next(count) }
}
