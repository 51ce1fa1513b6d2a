internal import HistoryModel

/// A message on its way between two nodes.
struct Letter<Message: Sendable>: Sendable {
    var message: Message
    var link: DirectedLink
    /// Its number on the link, in the order of sending.
    var serial: Int
    /// Which start of the sender it comes from, and which start of the receiver it was sent to.
    var incarnation: Int
    var receiverIncarnation: Int
    /// Which of the receiver's stores it was sent to.
    var receiverLife: Int
    /// Whether the same message was delivered before.
    var isCopy = false
}
