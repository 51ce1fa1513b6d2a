import Vocabulary

// What is believed of what is said.

extension Membership {
    /// Takes in what `sender` says of a member, and passes it on if it is news.
    mutating func hear(_ update: MemberUpdate, from sender: NodeID) {
        guard update.node != id else { return hearAboutItself(update) }
        let place = members.partitioningIndex { $0.node >= update.node }
        guard place < members.count, members[place].node == update.node else {
            members.insert(Member(update: update), at: place)
            return adopt(update, from: sender, at: place, isNew: true)
        }
        if update.overrides(members[place].update) {
            let changes = members[place].status != update.status
            adopt(update, from: sender, at: place, isNew: changes)
        } else if update.status == .suspect, members[place].status == .suspect,
            update.incarnation == members[place].update.incarnation
        {
            accuse(place, by: update.accuser ?? sender)
        }
    }

    private mutating func adopt(
        _ update: MemberUpdate, from sender: NodeID, at place: Int, isNew: Bool
    ) {
        members[place].update = update
        members[place].accusers = [update.accuser ?? sender]
        members[place].suspectedAt = now
        news.add(update)
        guard isNew else { return }
        outbox.append(.trace(update))
        if update.status == .left { outbox.append(.left(update.node)) }
        // A suspect counts among the living, so becoming one changes nothing for others.
        if update.status != .suspect { announce() }
    }

    private mutating func announce() {
        outbox.append(
            .changed(
                alive: members.filter { $0.status == .alive || $0.status == .suspect }.map(\.node),
                dead: members.filter { $0.status == .dead }.map(\.node)))
    }

    /// Somebody else suspects the member as well: it has less time left.
    ///
    /// Only who has probed it in vain counts, not who passes a suspicion on, or one node's would be taken
    /// for everybody's (Lifeguard, §IV-B: independent suspicions).
    private mutating func accuse(_ place: Int, by accuser: NodeID) {
        guard members[place].accusers.count <= configuration.confirmationsMax,
            !members[place].accusers.contains(accuser)
        else { return }
        members[place].accusers.append(accuser)
        members[place].update.accuser = accuser
        news.add(members[place].update)
    }

    /// When a suspect will be held dead.
    ///
    /// The time falls from its longest to its shortest with log(c + 1) / log(k + 1), where c others of
    /// at most k suspect it as well (Lifeguard, §IV-B).
    func suspicionEnd(of member: Member) -> Instant {
        let size = Nanoseconds(Int.bitWidth - (members.count + 1).leadingZeroBitCount)
        let shortest =
            Nanoseconds(configuration.suspicionFactor) * size * configuration.probeInterval
        let all = Self.log2(configuration.confirmationsMax + 1)
        let confirmed = min(all, Self.log2(member.accusers.count))
        let spread = shortest * Nanoseconds(configuration.suspicionSpread - 1)
        return member.suspectedAt + shortest + spread / max(1, all) * (all - confirmed)
    }

    /// The logarithm in units of 1/1024, rounded down; the same on every machine, as that of the C library
    /// need not be.
    ///
    /// Its ten bits after the point come one by one: squaring doubles a logarithm.
    static func log2(_ number: Int) -> Nanoseconds {
        let number = UInt64(max(1, number))
        let whole = UInt64(63 - number.leadingZeroBitCount)
        // Between 1 and 2, with 31 bits after the point.
        var rest = whole > 31 ? number >> (whole - 31) : number << (31 - whole)
        var result = whole
        for _ in 0..<10 {
            rest = (rest * rest) >> 31
            result *= 2
            if rest >= 1 << 32 {
                result += 1
                rest >>= 1
            }
        }
        return Nanoseconds(result)
    }

    /// Objects when the node is said to be anything but alive (SWIM, §4.2).
    private mutating func hearAboutItself(_ update: MemberUpdate) {
        guard update.status != .alive, update.incarnation >= incarnation, own.status == .alive
        else {
            // Someone knows a later incarnation: this node was restarted, and goes on from there.
            incarnation = max(incarnation, update.incarnation)
            return
        }
        if !configuration.defects.contains(.incarnationNotRaised) {
            incarnation = update.incarnation + 1
        }
        raiseDoubt(by: 1)
        news.add(own)
    }
}
