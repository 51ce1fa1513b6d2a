import HistoryModel

extension ReportSection {
    static let faults = ReportSection(
        id: "faults", title: "Faults", rank: 80,
        template: Asset.text(PackageResources.faults_html), model: FaultsModel.init)
}

/// The faults of a run, each with its proof.
struct FaultsModel {
    var faults: [FaultModel]
    var hasFaults: Bool
    var faultTotal: String
    var isSimulated: Bool

    init(_ context: SectionContext) {
        let isSimulated = context.record.isSimulated
        self.isSimulated = isSimulated
        faults = context.figures.faults.map {
            FaultModel($0, axis: context.axis, isSimulated: isSimulated)
        }
        hasFaults = !faults.isEmpty
        faultTotal = Display.count(context.record.faults.count, "fault")
    }
}
