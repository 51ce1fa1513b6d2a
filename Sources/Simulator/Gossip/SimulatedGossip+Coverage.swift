internal import GossipCore
internal import HistoryModel
internal import Vocabulary

// Which interesting states the run went through.

extension SimulatedGossip {
    mutating func observe(
        _ event: GossipTraceEvent, of node: NodeID, _ world: inout Surroundings<Happening>
    ) {
        switch event {
        case .written(let entry, _):
            let version = event.index ?? 0
            if lastVersions[entry.key] == version { world.coverage.hit(.tiedVersions) }
            lastVersions[entry.key] = version
        case .applied(_, _, let isTombstone, _, _):
            if isTombstone { world.coverage.hit(.buried) }
        case .collected: world.coverage.hit(.collected)
        case .refused(.outdated, _): world.coverage.hit(.oldMail)
        case .refused: world.coverage.hit(.refused)
        default: break
        }
    }

    func observe(
        _ update: MemberUpdate, of node: NodeID, _ world: inout Surroundings<Happening>
    ) {
        switch update.status {
        case .suspect: world.coverage.hit(.suspected)
        case .dead:
            let isWrong = nodes[update.node.place].machine.isUp
            world.coverage.hit(isWrong ? .heldDeadWrongly : .heldDead)
        case .alive where update.incarnation > 0: world.coverage.hit(.refuted)
        default: break
        }
    }

    mutating func observe(
        _ letter: Letter<GossipParcel>, _ world: inout Surroundings<Happening>
    ) {
        let place = letter.link.from.place * nodes.count + letter.link.to.place
        if letter.serial < deliveredSerials[place] {
            world.coverage.hit(.overtaken)
        } else {
            deliveredSerials[place] = letter.serial
        }
        switch letter.message {
        case .garbage: world.coverage.hit(.garbage)
        case .letter(let content, _):
            guard letter.isCopy else { return }
            if case .store = content.post {
                world.coverage.hit(.duplicateGossip)
            } else {
                world.coverage.hit(.duplicateNews)
            }
        }
    }
}
