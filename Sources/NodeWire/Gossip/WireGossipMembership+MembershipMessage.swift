import GossipCore
import Vocabulary

extension WireGossipMembershipMessage {
    init(_ message: MembershipMessage) {
        switch message.kind {
        case .ping(let number): ping = number
        case .pingRequest(let number, let target):
            pingRequest.number = number
            pingRequest.target = UInt32(clamping: target.rawValue)
        case .acknowledge(let number): acknowledge = number
        case .noAnswer(let number): noAnswer = number
        case .join: join = WireNothing()
        case .news: news = WireNothing()
        }
        updates = message.updates.map(WireGossipMemberUpdate.init)
    }
}

extension MembershipMessage {
    init(_ wire: WireGossipMembershipMessage) throws(FrameError) {
        let kind: Kind
        switch wire.kind {
        case .ping(let number): kind = .ping(number)
        case .pingRequest(let request):
            kind = .pingRequest(request.number, target: NodeID(request.target))
        case .acknowledge(let number): kind = .acknowledge(number)
        case .noAnswer(let number): kind = .noAnswer(number)
        case .join: kind = .join
        case .news: kind = .news
        case nil: throw .malformed(field: "membership message")
        }
        self.init(
            kind,
            updates: try wire.updates.map { (update) throws(FrameError) in
                try MemberUpdate(update)
            })
    }
}

extension WireGossipMemberUpdate {
    fileprivate init(_ update: MemberUpdate) {
        node = UInt32(clamping: update.node.rawValue)
        status =
            switch update.status {
            case .alive: .alive
            case .suspect: .suspect
            case .dead: .dead
            case .left: .left
            }
        incarnation = update.incarnation
        accuser = UInt32(clamping: update.accuser?.rawValue ?? 0)
    }
}

extension MemberUpdate {
    /// A member raises its incarnation by one at a time, and that must never overflow.
    fileprivate init(_ wire: WireGossipMemberUpdate) throws(FrameError) {
        guard wire.incarnation < 1 << 62 else { throw .malformed(field: "incarnation") }
        let status: MemberStatus
        switch wire.status {
        case .alive: status = .alive
        case .suspect: status = .suspect
        case .dead: status = .dead
        case .left: status = .left
        case .UNRECOGNIZED: throw .malformed(field: "member status")
        }
        self.init(
            node: NodeID(wire.node), status: status, incarnation: wire.incarnation,
            accuser: wire.accuser > 0 ? NodeID(wire.accuser) : nil)
    }
}
