internal import ArgumentParser
internal import Reports
internal import WorkloadFiles

/// `harness list`: what there is to choose from.
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists \(ListTopic.all.map(\.name).joined(separator: ", ")).",
        discussion:
            "Without a word it lists everything; with one, only that: `\(Invocation.word) list faults`."
    )

    /// How a list is written.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        /// For people.
        case text
        /// Tables for documentation, of what is the same on every machine.
        case markdown
    }

    @Argument(help: "What to list: \(ListTopic.all.map(\.name).joined(separator: ", ")).")
    var topic: String?

    @Option(help: "The folder for runs. (default: \(Self.usualReports))")
    var reports: String?

    @Option(help: "text for people, markdown for tables of what is built in.")
    var format = Form.text

    private static let usualReports = "reports"

    func validate() throws {
        let known = ListTopic.all.map(\.name)
        if let topic, !known.contains(topic) {
            throw ValidationError(NearestName.unknown("list", topic, known: known))
        }
        // The usual folder comes with the first run.
        guard let reports, topic == nil || topic == "runs", !InputFile.isFolder(reports) else {
            return
        }
        throw ValidationError("--reports: there is no folder \(reports)")
    }

    func run() async throws {
        for listed in ListTopic.all where topic == nil || topic == listed.name {
            switch format {
            case .text: printText(listed)
            case .markdown: if listed.isBuiltIn { printTable(listed) }
            }
        }
    }

    private func printText(_ listed: ListTopic) {
        let rows = listed.rows(reports ?? Self.usualReports)
        StandardOutput.print(listed.name)
        let width = rows.map(\.name.count).max() ?? 0
        for row in rows {
            let gap = String(repeating: " ", count: width - row.name.count + 2)
            StandardOutput.print(TerminalText.escaped("  \(row.name)\(gap)\(row.summary)"))
        }
        if rows.isEmpty { StandardOutput.print("  none yet") }
        StandardOutput.print("")
    }

    private func printTable(_ listed: ListTopic) {
        StandardOutput.print("## \(listed.title)\n\n| name | |\n|---|---|")
        for row in listed.rows(reports ?? Self.usualReports) {
            let name = row.name.drop { $0 == " " }
            let indent = row.name.count == name.count ? "" : "&emsp;"
            StandardOutput.print("| \(indent)`\(name)` | \(row.summary) |")
        }
        StandardOutput.print("")
    }
}
