import Foundation

/// A browser without a window that loads a page, runs its scripts and gives back what became of it.
struct Browser {
    let program: String

    /// The first browser on the PATH that can be used; nil if there is none.
    static let installed: Browser? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        for name in ["chromium", "chromium-browser", "google-chrome"] {
            for folder in folders
            where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
                return Browser(program: "\(folder)/\(name)")
            }
        }
        return nil
    }()

    /// The document after its scripts have run.
    ///
    /// - Parameters:
    ///   - page: The HTML.
    ///   - script: What a test does on the page, after the page's own scripts.
    /// - Returns: The HTML of the document as it is then.
    /// - Throws: What the file system and starting a process throw.
    func document(of page: String, script: String = "") throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "harness-browser-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "page.html")
        let tested = page.replacing("</body>", with: "<script>\(script)</script></body>")
        try tested.write(to: file, atomically: true, encoding: .utf8)

        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--user-data-dir=\(folder.path())", "--window-size=1280,900",
            "--virtual-time-budget=4000", "--dump-dom", file.absoluteString,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let document = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: document, as: UTF8.self)
    }
}
