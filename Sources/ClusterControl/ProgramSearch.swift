import FoundationEssentials

/// Finds the programs that belong to the harness.
public enum ProgramSearch {
    /// The absolute path of a program.
    ///
    /// It is looked for beside the running executable first, where a build and an installation
    /// put it, then in the folders of `PATH`.
    /// - Parameters:
    ///   - name: the name of the program.
    ///   - override: where the user says it is; then it is looked for nowhere else.
    /// - Throws: `ClusterError.programMissing`, which names all places.
    /// - Returns: the path of a file that can be executed.
    public static func find(_ name: String, override: String? = nil) throws(ClusterError) -> String
    {
        let places = override.map { [absolute($0)] } ?? folders().map { "\($0)/\(name)" }
        guard let found = places.first(where: isProgram) else {
            throw ClusterError.programMissing(name: name, lookedAt: places)
        }
        return found
    }

    static func isProgram(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder
            && FileManager.default.isExecutableFile(atPath: path)
    }

    private static func folders() -> [String] {
        let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return [folder(of: own ?? absolute(CommandLine.arguments[0]))]
            + path.split(separator: ":").map(String.init)
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}
