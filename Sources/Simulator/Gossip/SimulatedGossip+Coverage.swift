internal import GossipCore
internal import HistoryModel
internal import Vocabulary

// Which interesting states the run went through.

extension SimulatedGossip {
    mutating func observe(
        _ event: GossipTraceEvent, of node: NodeID, _ world: inout SimulationContext<SystemEvent>
    ) {
        switch event {
        case .written(let entry, _):
            let version = event.index ?? 0
            if lastVersions[entry.key] == version { world.coverage.hit(.tiedVersions) }
            lastVersions[entry.key] = version
        case .applied(_, _, let isTombstone, _, _):
            if isTombstone { world.coverage.hit(.buried) }
        case .collected: world.coverage.hit(.collected)
        case .refused(.outdated, _): world.coverage.hit(.oldMessages)
        case .refused: world.coverage.hit(.refused)
        default: break
        }
    }

    func observe(
        _ update: MemberUpdate, of node: NodeID, _ world: inout SimulationContext<SystemEvent>
    ) {
        switch update.status {
        case .suspect: world.coverage.hit(.suspected)
        case .dead:
            let isWrong = nodes[update.node.place].host.isUp
            world.coverage.hit(isWrong ? .heldDeadWrongly : .heldDead)
        case .alive where update.incarnation > 0: world.coverage.hit(.refuted)
        default: break
        }
    }

    mutating func observe(
        _ delivery: SimulatedMessage<SimulatedPayload>,
        _ world: inout SimulationContext<SystemEvent>
    ) {
        let place = delivery.link.from.place * nodes.count + delivery.link.to.place
        if delivery.serial < deliveredSerials[place] {
            world.coverage.hit(.overtaken)
        } else {
            deliveredSerials[place] = delivery.serial
        }
        switch delivery.message {
        case .garbage: world.coverage.hit(.garbage)
        case .delivery(let content, _):
            guard delivery.isCopy else { return }
            if case .store = content.payload {
                world.coverage.hit(.duplicateGossip)
            } else {
                world.coverage.hit(.duplicateNews)
            }
        }
    }
}
