internal import HistoryModel
internal import RaftCore
internal import Vocabulary

// Which interesting states the run went through.

extension SimulatedRaft {
    mutating func observe(
        _ event: RaftTraceEvent, of node: NodeID, _ world: inout SimulationContext<SystemEvent>
    ) {
        switch event {
        case .leader(_, let last):
            world.coverage.hit(.elected)
            world.hasElection = true
            let others = nodes.filter {
                $0.id != node && $0.host.isUp && $0.core.role == .leader
            }
            if !others.isEmpty { world.coverage.hit(.twoLeaders) }
            if last.index > nodes[node.place].core.commitIndex {
                world.coverage.hit(.inheritedEntries)
            }
            electedTerm = max(electedTerm, event.term)
        case .candidate(let term):
            if term == lastCandidateTerm {
                world.coverage.hit(.rivalCandidates)
            } else if lastCandidateTerm > electedTerm {
                world.coverage.hit(.failedElection)
            }
            lastCandidateTerm = max(lastCandidateTerm, term)
        case .truncated: world.coverage.hit(.truncated)
        case .steppedDown(_, .noQuorum): world.coverage.hit(.steppedDownAlone)
        case .steppedDown(_, .largerTerm): world.coverage.hit(.deposed)
        default: break
        }
    }

    mutating func observe(
        _ delivery: SimulatedMessage<RaftMessage>, _ world: inout SimulationContext<SystemEvent>
    ) {
        let place = delivery.link.from.place * nodes.count + delivery.link.to.place
        if delivery.serial < deliveredSerials[place] {
            world.coverage.hit(.overtaken)
        } else {
            deliveredSerials[place] = delivery.serial
        }
        let term = nodes[delivery.link.to.place].core.term
        switch delivery.message {
        case .requestVote: if delivery.isCopy { world.coverage.hit(.duplicateVote) }
        case .voteReply(let reply):
            if delivery.isCopy { world.coverage.hit(.duplicateVote) }
            if reply.granted, !reply.isPreVote, reply.electionTerm < term {
                world.coverage.hit(.staleVote)
            }
        case .appendEntries(let message):
            if delivery.isCopy { world.coverage.hit(.duplicateAppend) }
            if message.term < term { world.coverage.hit(.staleLeader) }
        case .appendReply(let reply):
            if case .rejected(_, let conflict, _) = reply.outcome, conflict != nil {
                world.coverage.hit(.backtracked)
            }
        }
    }

    func observeCut(_ links: [DirectedLink], _ world: inout SimulationContext<SystemEvent>) {
        guard let leader, nodes[leader.place].hasUncommitted,
            links.contains(where: { $0.from == leader })
        else { return }
        world.coverage.hit(.cutOffWithWrites)
    }

    func observeKill(of node: NodeID, _ world: inout SimulationContext<SystemEvent>) {
        let simulatedNode = nodes[node.place]
        if simulatedNode.core.role == .leader, simulatedNode.hasUncommitted {
            world.coverage.hit(.killedWithWrites)
        }
    }

    func observe(_ loss: SimulatedDisk.Loss, _ world: inout SimulationContext<SystemEvent>) {
        if loss.unsyncedEntries > 0 { world.coverage.hit(.killedBeforeSync) }
        if loss.lostEntries > 0 { world.coverage.hit(.lostEntries) }
        if loss.isTorn { world.coverage.hit(.torn) }
        if loss.lostHardState { world.coverage.hit(.lostHardState) }
    }

    func observeResume(of node: NodeID, _ world: inout SimulationContext<SystemEvent>) {
        let simulatedNode = nodes[node.place]
        if simulatedNode.core.role == .leader, simulatedNode.core.term < electedTerm {
            world.coverage.hit(.resumedDeposed)
        }
    }
}
