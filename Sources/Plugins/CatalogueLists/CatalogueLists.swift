import Foundation
import PackagePlugin

/// Lists the entries of a catalogue, so that adding one means adding one file and touching none.
///
/// A folder `XCatalogue` inside a target holds the entries of the type `X`: its file `Kill.swift` declares
/// `extension X { static let kill = … }`. For each such folder this writes `X.entries`, an array of all of
/// them, in no particular order; the type says in which order they are shown. A file without its
/// declaration does not compile.
@main struct CatalogueLists: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let module = target.sourceModule else { return [] }
        var members: [String: [String]] = [:]
        for file in module.sourceFiles(withSuffix: "swift") {
            let folder = file.url.deletingLastPathComponent().lastPathComponent
            guard folder.hasSuffix("Catalogue") else { continue }
            let name = file.url.deletingPathExtension().lastPathComponent
            members[String(folder.dropLast("Catalogue".count)), default: []]
                .append(name.prefix(1).lowercased() + name.dropFirst())
        }
        return members.sorted { $0.key < $1.key }.map { type, names in
            let output = context.pluginWorkDirectoryURL.appending(path: "\(type)+Entries.swift")
            return .buildCommand(
                displayName: "Listing the entries of \(type)",
                executable: URL(filePath: "/bin/sh"),
                arguments: ["-c", "printf '%s' \"$1\" > \"$2\"", "sh", list(type, names), output.path],
                inputFiles: [], outputFiles: [output])
        }
    }

    private func list(_ type: String, _ names: [String]) -> String {
        let lines = names.sorted().map { "        .\($0),\n" }.joined()
        return "extension \(type) {\n    static let entries: [\(type)] = [\n\(lines)    ]\n}\n"
    }
}
