import Foundation
import HistoryModel
import Reports
import Testing

/// Texts of histories and workloads that would run, if a page or a terminal took them for its own.
@Suite struct HostileTextTests {
    private static let commands = [
        "<script>run()</script>", "<SCRIPT SRC=//x>", "<img src=x onerror=run()>",
        "<svg onload=run()>", "<svg><script>run()</script></svg>",
        "<iframe srcdoc='<script>run()'>",
        "<a href=javascript:run()>x</a>", "javascript:run()", "<body onload=run()>",
        "<style>*{background:url(//x)}</style>", "<math><mi xlink:href=javascript:run()>",
        " onmouseover=run() x=", "onfocus=run() autofocus", "<meta http-equiv=refresh content=0>",
        "<base href=//x>", "<!--", "-->", "<![CDATA[", "]]>", "{{{script}}}", "{{#model}}",
        "${run()}",
        "&lt;script&gt;", "\u{1B}[31m\u{1B}]0;x\u{7}", "\u{9B}2J", "\u{202E}txet", "a\0b",
    ]
    /// Ends of what a text may stand in: attributes, elements, scripts, strings.
    private static let ends = [
        "", "\"", "'", "\">", "'>", "`", "</script>", "</SCRIPT ", "</style>", "</svg>",
        "</textarea>",
        "</title>", "</code>", "\\\"", "\\u003c/script>",
    ]
    private static let texts = commands.flatMap { command in ends.map { $0 + command + $0 } }

    @Test func `change nothing of a page but its words`() throws {
        let harmless = HTMLShape(try HTMLReport.render(SampleRun.hostile("harmless")))
        try #require(harmless.outline.count > 100 && harmless.rawTexts.count >= 3)
        for text in Self.texts {
            let page = HTMLShape(try HTMLReport.render(SampleRun.hostile(text)))
            #expect(page.outline == harmless.outline, "\(text.debugDescription)")
            #expect(page.rawTexts.count == harmless.rawTexts.count)
            for (found, expected) in zip(page.rawTexts, harmless.rawTexts) where found != expected {
                // Only the data may differ: JSON in which no element can end or begin.
                #expect(!found.contains("<"), "\(text.debugDescription)")
                _ = try JSONSerialization.jsonObject(with: Data(found.utf8))
            }
            for (name, value) in page.attributes where Self.isTrusted(name) {
                // A place on the page itself may have any name.
                let isSafe = name == "href" && value.hasPrefix("#") || !value.contains("run()")
                #expect(isSafe, "\(name) of \(text.debugDescription)")
            }
        }
        print("hostile texts: \(Self.texts.count) pages, all with the tags of a harmless one")
    }

    /// Whether a browser acts by an attribute's value.
    private static func isTrusted(_ name: String) -> Bool {
        name.hasPrefix("on")
            || ["href", "src", "srcdoc", "style", "action", "formaction", "xlink:href", "content"]
                .contains(name)
    }

    @Test func `reach no terminal as commands`() throws {
        for text in Self.texts {
            let summary = try ConsoleSummary.render(
                SampleRun.hostile(text), reportPath: text, databasePath: text, colour: false)
            let commands = summary.unicodeScalars.filter { scalar in
                scalar != "\n"
                    && (scalar.properties.generalCategory == .control
                        || scalar.properties.isBidiControl)
            }
            #expect(commands.isEmpty, "\(text.debugDescription): \(summary.debugDescription)")
        }
    }

    @Test func `are seen where a page lets them through`() {
        // The reader of pages notices what a browser would.
        let harmless = HTMLShape("<p class=\"x\">text</p>").outline
        for text in [
            "<p class=\"x\" onload=\"run()\">t</p>", "<p class=\"x\">t<b></p>", "<p class=x>t</p>",
        ] {
            #expect(HTMLShape(text).outline != harmless, "\(text)")
        }
        #expect(HTMLShape("<script>a</SCRIPT>b").rawTexts == ["a"])
        #expect(HTMLShape("<a href='x>y'>").attributes.map(\.value) == ["x>y"])
    }
}
