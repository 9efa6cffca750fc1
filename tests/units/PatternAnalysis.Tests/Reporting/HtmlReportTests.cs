using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Reporting;
using PatternAnalysis.Reporting.Html;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Reporting;

public class HtmlReportTests
{
    private static readonly string[] s_elements =
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "h3",
        "ol",
        "details",
        "summary",
        "p",
        "em",
        "strong",
        "dl",
        "div",
        "dt",
        "dd",
        "ul",
        "li",
        "bdi",
        "wbr",
        "span",
        "code",
        "figure",
        "figcaption",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "svg",
        "desc",
        "defs",
        "marker",
        "path",
        "line",
        "rect",
        "text",
    ];

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void A_hostile_name_stays_text(string name)
    {
        var page = Parse(Reports.Write(Reports.Routine("Read", name, "Write"), ReportFormat.Html));

        Assert.Empty(page.Descendants().Select(element => element.Name.LocalName).Distinct().Except(s_elements));
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
            attribute =>
                attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                || attribute.Name.LocalName is "style" or "src" or "href"
        );
    }

    [Fact]
    public void Sessions_states_and_remarks_stay_text()
    {
        const string Hostile = "<img src=x onerror=alert(1)>";
        using var page = new StringWriter();
        var pattern = Classified(Hostile);

        HtmlTables.WritePatterns(page, "Patterns", 1, [pattern], remark: Hostile);
        HtmlTables.WriteNames(
            page,
            "Gone",
            [
                new PatternApproval
                {
                    PatternId = Hostile,
                    Status = Hostile,
                    ToolSequence = "Read",
                },
            ]
        );

        var html = page.ToString();
        Assert.Contains(Hostile, pattern.ExampleSessions);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(4, html.Split("&lt;img").Length - 1);
    }

    private static ClassifiedPattern Classified(string sessionId)
    {
        var collector = new SequenceCollector();
        foreach (var session in new[] { sessionId, "b", "c" })
            collector.Add(new ToolSequence(session, ["Read", "Edit"]));
        var pattern = PatternMiner.Mine(collector.Build(), new MiningOptions())[0];
        return new PatternClassifier(new ClassificationPolicy()).Classify(new PatternMeasurer(new MetricOptions()).Measure(pattern));
    }

    [Theory]
    [InlineData("<b>bold</b>")]
    [InlineData("مرحبا")]
    [InlineData("quote\"and'apostrophe")]
    public void A_hostile_name_is_shown_as_text(string name)
    {
        var page = Parse(Reports.Write(Reports.Routine("Read", name, "Write"), ReportFormat.Html));

        Assert.Contains(page.Descendants("bdi"), shown => shown.Value == $"Read→{name}→Write");
    }

    [Fact]
    public void Nothing_can_run_or_be_loaded_even_if_it_got_in()
    {
        var html = Reports.Write(Reports.Routine("Read", "Edit", "Write"), ReportFormat.Html);
        var page = Parse(html);
        var policy = page.Descendants("meta")
            .Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy")
            .Attribute("content")!
            .Value;
        var style = Regex.Match(html, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;

        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style))), policy, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "http:",
            html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal),
            StringComparison.OrdinalIgnoreCase
        );
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_picture_has_a_name_a_description_and_a_caption_that_says_what_its_numbers_stand_on()
    {
        var page = Parse(Reports.Write(PlantedRoutines.Analyse(), ReportFormat.Html));
        var pictures = page.Descendants("figure").ToArray();

        Assert.Equal(5, pictures.Length);
        Assert.All(
            pictures,
            figure =>
            {
                var svg = figure.Descendants().First(element => element.Name.LocalName == "svg");
                var ids = svg.Attribute("aria-labelledby")!.Value.Split(' ');
                Assert.All(ids, id => Assert.Single(svg.Elements(), element => (string?)element.Attribute("id") == id));
                Assert.Contains("24 sessions", figure.Element("figcaption")!.Value, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void The_borders_of_the_classes_stand_where_the_policy_puts_them()
    {
        var strict = Reports.Analyse(
            Enumerable.Repeat(new[] { "a", "b" }, 20),
            new() { RejectConfidence = 0.9999, ApproveOccurrences = 5000 }
        );
        var lines = (AnalysisSummary summary) =>
            Parse(Reports.Write(summary, ReportFormat.Html))
                .Descendants()
                .Where(element => element.Name.LocalName == "line" && (string?)element.Attribute("class") == "border")
                .Select(line => line.ToString())
                .ToArray();

        Assert.Equal(3, lines(strict).Length);
        Assert.NotEqual(lines(Reports.Routine("a", "b"))[0], lines(strict)[0]);
    }

    [Fact]
    public void A_run_without_patterns_is_a_page_as_well()
    {
        var page = Parse(Reports.Write(AnalysisSummary.Of([]), ReportFormat.Html));

        Assert.Empty(page.Descendants("figure"));
        Assert.Contains("Waiting for review (0)", page.Root!.Value, StringComparison.Ordinal);
    }

    // The page is written so that an XML parser reads it, too: that is the strictest test of its tags.
    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
