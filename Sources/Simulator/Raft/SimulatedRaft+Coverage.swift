internal import HistoryModel
internal import RaftCore
internal import Vocabulary

// Which interesting states the run went through.

extension SimulatedRaft {
    mutating func observe(
        _ event: RaftTraceEvent, of node: NodeID, _ world: inout Surroundings<Happening>
    ) {
        switch event {
        case .leader(_, let last):
            world.coverage.hit(.elected)
            world.hasElection = true
            let others = nodes.filter {
                $0.id != node && $0.machine.isUp && $0.core.role == .leader
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

    mutating func observe(_ letter: Letter<RaftMessage>, _ world: inout Surroundings<Happening>) {
        let place = letter.link.from.place * nodes.count + letter.link.to.place
        if letter.serial < deliveredSerials[place] {
            world.coverage.hit(.overtaken)
        } else {
            deliveredSerials[place] = letter.serial
        }
        let term = nodes[letter.link.to.place].core.term
        switch letter.message {
        case .requestVote: if letter.isCopy { world.coverage.hit(.duplicateVote) }
        case .voteReply(let reply):
            if letter.isCopy { world.coverage.hit(.duplicateVote) }
            if reply.granted, !reply.isPreVote, reply.electionTerm < term {
                world.coverage.hit(.staleVote)
            }
        case .appendEntries(let message):
            if letter.isCopy { world.coverage.hit(.duplicateAppend) }
            if message.term < term { world.coverage.hit(.staleLeader) }
        case .appendReply(let reply):
            if case .rejected(_, let conflict, _) = reply.outcome, conflict != nil {
                world.coverage.hit(.backtracked)
            }
        }
    }

    func observeCut(_ links: [DirectedLink], _ world: inout Surroundings<Happening>) {
        guard let leader, nodes[leader.place].hasUncommitted,
            links.contains(where: { $0.from == leader })
        else { return }
        world.coverage.hit(.cutOffWithWrites)
    }

    func observeKill(of node: NodeID, _ world: inout Surroundings<Happening>) {
        let host = nodes[node.place]
        if host.core.role == .leader, host.hasUncommitted {
            world.coverage.hit(.killedWithWrites)
        }
    }

    func observe(_ loss: SimulatedDisk.Loss, _ world: inout Surroundings<Happening>) {
        if loss.unsyncedEntries > 0 { world.coverage.hit(.killedBeforeSync) }
        if loss.lostEntries > 0 { world.coverage.hit(.lostEntries) }
        if loss.isTorn { world.coverage.hit(.torn) }
        if loss.lostHardState { world.coverage.hit(.lostHardState) }
    }

    func observeResume(of node: NodeID, _ world: inout Surroundings<Happening>) {
        let host = nodes[node.place]
        if host.core.role == .leader, host.core.term < electedTerm {
            world.coverage.hit(.resumedDeposed)
        }
    }
}
