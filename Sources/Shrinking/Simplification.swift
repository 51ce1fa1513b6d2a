internal import Workloads

/// A surprise of the simulated world that can be switched off.
enum Simplification: Hashable, Sendable, CaseIterable {
    case loss
    case duplicates
    case reorders
    case laggingLinks
    case slowMessages
    case slowSyncs
    case drift
    case offset
    case entriesPerMessage

    func apply(to scenario: inout RunConfiguration) {
        switch self {
        case .loss: scenario.simulation.network.lossPerMille = 0
        case .duplicates: scenario.simulation.network.duplicatePerMille = 0
        case .reorders: scenario.simulation.network.reorders = false
        case .laggingLinks: scenario.simulation.network.laggingLinks = []
        case .slowMessages: scenario.simulation.network.slowPerMille = 0
        case .slowSyncs: scenario.simulation.disk.slowPerMille = 0
        case .drift: scenario.simulation.clocks.driftMaxPPM = 0
        case .offset: scenario.simulation.clocks.offsetMax = 0
        case .entriesPerMessage:
            let usual = RunConfiguration(workload: scenario.workload).entriesPerMessage
            scenario.entriesPerMessage = usual
        }
    }
}
