extension ReportSection {
    static let counterexamples = ReportSection(
        id: "counterexamples", title: "Counterexample", rank: 30,
        template: Asset.text(PackageResources.counterexamples_html),
        applies: { !$0.figures.counterexamples.isEmpty },
        links: { context in
            context.figures.counterexamples.map {
                Link(id: "counterexample-\($0.checker)", title: "Counterexample")
            }
        },
        model: CounterexamplesModel.init)
}

/// A section for each checker that found operations which nothing can explain.
struct CounterexamplesModel {
    var counterexamples: [CounterexampleModel]

    init(_ context: SectionContext) {
        counterexamples = context.figures.counterexamples.map { checker, counterexample in
            CounterexampleModel(
                counterexample, checker: checker, headline: context.headline, axis: context.axis)
        }
    }
}
