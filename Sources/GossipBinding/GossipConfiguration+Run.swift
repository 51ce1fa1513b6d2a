public import GossipCore
public import Vocabulary
public import Workloads

extension GossipConfiguration {
    /// What a node of a run is told before it starts.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - node: The node.
    ///   - incarnation: How many times it was started, this time included.
    ///   - generation: How many times it was started with an empty store, this time included.
    public init(_ run: RunConfiguration, node: NodeID, incarnation: Int, generation: Int) {
        self.init(id: node, members: run.nodeIDs)
        self.incarnation = incarnation
        self.generation = generation
        let gossip = run.gossip
        rumors = gossip.rumors.map { RumorSettings($0) }
        antiEntropy = gossip.antiEntropy.map { AntiEntropySettings($0) }
        jitterPercent = gossip.jitterPercent
        deadMemberPeriod = gossip.deadMemberPeriod
        datagramBytesMax = gossip.datagramBytesMax
        streamBytesMax = gossip.streamBytesMax
        keyBytesMax = gossip.keyBytesMax
        valueBytesMax = gossip.valueBytesMax
        versionMax = gossip.versionMax
        trafficPeriod = gossip.trafficPeriod
        notesPropagation = gossip.notesPropagation
        tombstoneGrace = gossip.tombstoneGrace
        defects = GossipDefects(run.defects.compactMap(GossipDefect.init))
    }
}

extension MembershipConfiguration {
    /// What a node of a run is told about finding the others; nil if all are known for good.
    ///
    /// Its contacts are those that follow it in the order of the numbers, so that no node is special.
    public init?(_ run: RunConfiguration, node: NodeID) {
        guard let members = run.gossip.membership else { return nil }
        let nodes = run.nodeIDs
        let place = nodes.firstIndex(of: node) ?? 0
        let contacts = min(members.contacts, nodes.count - 1)
        self.init(
            id: node,
            contacts: contacts > 0
                ? (1...contacts).map { nodes[(place + $0) % nodes.count] } : [])
        probeInterval = members.probeInterval
        probeTimeout = members.probeTimeout
        indirectProbeCount = members.indirectProbes
        suspicionFactor = members.suspicionFactor
        suspicionSpread = members.suspicionSpread
        confirmationsMax = members.confirmationsMax
        healthMax = members.healthMax
        deadProbePeriod = members.deadProbePeriod
        updatesMax = members.updatesMax
        defects = GossipDefects(run.defects.compactMap(GossipDefect.init))
    }
}

extension GossipClientConfiguration {
    /// What the client of a thread is told: it is bound to one node, thread t to node t mod n.
    public init(_ run: RunConfiguration, thread: ThreadID) {
        let nodes = run.nodeIDs
        self.init(nodes: [nodes[thread.rawValue % nodes.count]])
        operationTimeout = run.operationTimeout
    }
}

extension RumorSettings {
    fileprivate init(_ settings: GossipSettings.Rumors) {
        self.init()
        direction = Direction(settings.direction)
        hasFeedback = settings.hasFeedback
        interest = settings.interest == .counter ? .counter(settings.k) : .coin(settings.k)
        count = settings.count == .contact ? .byContact : .byRound
        fanOut = settings.fanOut
        interval = settings.interval
        skipsTold = settings.skipsTold
        suppressesEcho = settings.suppressesEcho
    }
}

extension AntiEntropySettings {
    fileprivate init(_ settings: GossipSettings.AntiEntropy) {
        self.init()
        direction = Direction(settings.direction)
        comparison =
            switch settings.comparison {
            case .full: .full
            case .versions: .versions
            case .digest: .digest
            case .ranges: .ranges
            }
        interval = settings.interval
    }
}

extension Direction {
    fileprivate init(_ direction: GossipSettings.Direction) {
        self =
            switch direction {
            case .push: .push
            case .pull: .pull
            case .pushPull: .pushPull
            }
    }
}
