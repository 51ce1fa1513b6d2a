public import GossipCore
public import Vocabulary

/// One kind of epidemic that is run many times, and what is known about it beforehand.
public struct EpidemicCell: Hashable, Sendable {
    /// What a table of the paper says.
    public struct Published: Hashable, Sendable {
        /// The residue s.
        public var residue: Double
        /// The traffic m.
        public var traffic: Double
        /// t_ave.
        public var meanDelay: Double
        /// t_last.
        public var lastDelay: Double
    }

    /// The rounds until all sites know, from 20,000 runs of a simulation of its own.
    public struct Rounds: Hashable, Sendable {
        /// The mean.
        public var mean: Double
        /// What 99 of 100 runs do not exceed.
        public var percentile99: Double
    }

    /// Which table it belongs to.
    public var table: EpidemicTable.Kind
    /// k of the rumor, or 0.
    public var limit = 0
    /// How many sites there are.
    public var siteCount: Int
    /// How the update is spread as a rumor.
    public var rumors: RumorSettings?
    /// How all data is compared.
    public var antiEntropy: AntiEntropySettings?
    /// Whether a site knows in the same cycle what it has just got; else at its end.
    public var learnsAtOnce = false
    /// How often it is to be run.
    public var runCount: Int
    /// The paper's figures, where it has any.
    public var published: Published?
    /// The expected rounds, where they are known.
    public var rounds: Rounds?

    /// One run of the cell; equal seeds and numbers give equal outcomes.
    public func outcome(run: Int, seed: Seed) -> EpidemicOutcome {
        var epidemic = SynchronousEpidemic(
            siteCount: siteCount, seed: seed.derived("\(table) \(limit) \(siteCount) \(run)"),
            rumors: rumors, antiEntropy: antiEntropy, learnsAtOnce: learnsAtOnce)
        return epidemic.run()
    }
}

extension RumorSettings {
    /// The convention of the paper's tables: one uniform peer a cycle, no peer is passed over, no
    /// echo is suppressed; a cycle in which anybody needed the update sets the count back.
    ///
    /// The paper says the last only of pull. Its figures for push come out the same way, if those that turn to
    /// one site in the same cycle all count as needed; they do not if each vain contact counts.
    ///
    /// Source: Demers et al. 1987, tables 1 to 3 and the footnote to table 3.
    public static func demers(
        _ direction: Direction, hasFeedback: Bool, _ interest: Interest
    ) -> RumorSettings {
        var settings = RumorSettings()
        settings.direction = direction
        settings.hasFeedback = hasFeedback
        settings.interest = interest
        settings.count = .byRound
        settings.fanOut = 1
        settings.skipsTold = false
        settings.suppressesEcho = false
        return settings
    }
}
