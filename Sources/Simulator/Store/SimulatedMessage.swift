internal import HistoryModel

/// A message on its way between two nodes.
///
/// An object, since it is handed on from place to place and messages are large.
final class SimulatedMessage<Message: Sendable>: Sendable {
    let message: Message
    let link: DirectedLink
    /// Its number on the link, in the order of sending.
    let serial: Int
    /// Which start of the sender it comes from, and which start of the receiver it was sent to.
    let incarnation: Int
    let receiverIncarnation: Int
    /// Whether the same message was delivered before.
    let isCopy: Bool

    init(
        message: Message, link: DirectedLink, serial: Int, incarnation: Int,
        receiverIncarnation: Int
    ) {
        self.message = message
        self.link = link
        self.serial = serial
        self.incarnation = incarnation
        self.receiverIncarnation = receiverIncarnation
        isCopy = false
    }

    /// The second delivery of a letter.
    init(copyOf delivery: SimulatedMessage) {
        message = delivery.message
        link = delivery.link
        serial = delivery.serial
        incarnation = delivery.incarnation
        receiverIncarnation = delivery.receiverIncarnation
        isCopy = true
    }
}
