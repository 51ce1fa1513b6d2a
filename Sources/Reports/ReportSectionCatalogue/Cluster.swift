import HistoryModel

extension ReportSection {
    /// A store that agrees in the end has no leader: its section is ``spread``.
    static let cluster = ReportSection(
        id: "cluster", title: "Cluster", rank: 70, template: clusterTemplate,
        applies: { $0.figures.spread.isEmpty }, model: ClusterModel.init)

    private static let clusterTemplate = """
        <section id="cluster">
          <h2>Leader and term</h2>
          <div class="body">
            {{#hasRoles}}<div class="toolbar"><span class="legend"><i class="leader"></i>leader\
        <i class="candidate"></i>candidate<i class="pre-candidate"></i>pre-candidate\
        <i class="follower"></i>follower<i class="down"></i>down</span></div>
            <div class="tracks" id="role-tracks"></div>
            <p class="caption">The role of each node as its own trace tells it; numbers are \
        terms.</p>{{/hasRoles}}
            {{^hasRoles}}<p class="quiet">{{#hasTraces}}The nodes' traces name no roles.\
        {{/hasTraces}}{{^hasTraces}}The nodes left no traces.{{/hasTraces}}</p>{{/hasRoles}}
          </div>
        </section>
        """
}

/// Whether the nodes told of their roles, which the page's script draws.
struct ClusterModel {
    var hasRoles: Bool
    var hasTraces: Bool

    init(_ context: SectionContext) {
        hasRoles = context.figures.isTimed && !context.figures.roles.isEmpty
        hasTraces = !context.record.traces.isEmpty
    }
}
