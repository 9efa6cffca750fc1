using System.Globalization;
using System.Text;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>What the beginning of a file tells: when it began, and who started it.</summary>
public class FileBeginningTests
{
    [Theory]
    [InlineData("""{"timestamp":"2026-03-02T09:00:00Z"}""", "2026-03-02 09:00:00")]
    [InlineData("""{"timestamp" : "2026-03-02T09:00:00.500Z"}""", "2026-03-02 09:00:00")]
    [InlineData("""{"startTime":"2026-03-02T09:00:00Z"}""", "2026-03-02 09:00:00")]
    [InlineData("""{"created":1772442000000,"x":1}""", "2026-03-02 09:00:00")]
    [InlineData("""{"created_at":"2026-03-02T09:00:00Z"}""", "2026-03-02 09:00:00")]
    [InlineData("""{"time":{"start":1772442000}}""", "2026-03-02 09:00:00")]
    [InlineData("""{"a":1}{"timestamp":"2026-03-02T09:00:00Z"}{"timestamp":"2026-03-01T09:00:00Z"}""", "2026-03-02 09:00:00")]
    [InlineData("""{"timestamp":"not a time at all"}""", null)]
    [InlineData("""{"timestamp":"noon"}""", null)]
    [InlineData("""{"created":17724420}""", null)]
    [InlineData("""{"created":17724420000001}""", null)]
    [InlineData("""{"other":"2026-03-02T09:00:00Z"}""", null)]
    [InlineData("", null)]
    public void The_first_time_that_stands_in_it_is_when_it_began(string head, string? expected) =>
        Assert.Equal(
            expected,
            FileBeginning.Read(Encoding.UTF8.GetBytes(head), new SessionParents()) is { } ticks
                ? new DateTime(ticks).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
                : null
        );

    [Theory]
    [InlineData("""{"id":"a","parent_thread_id":"b"}""", "a", "b")]
    [InlineData("{\"id\":\"a\",\"parent_thread_id\":\"b\"}\n{}", "a", "b")]
    [InlineData("{\"id\":\"a\"}\n{\"parent_thread_id\":\"b\"}", "a", "a")]
    [InlineData("{\"id\":\"ses_1\"}\n{\"parentID\":\"ses_0\"}", "ses_1", "ses_0")]
    [InlineData("""{"id":"ses_1","parentID":"msg_0"}""", "ses_1", "ses_1")]
    [InlineData("""{"parent_thread_id":"b"}""", "a", "a")]
    public void The_session_that_started_it_is_named_in_the_first_line_or_by_the_sign_of_its_id(string head, string session, string root)
    {
        var parents = new SessionParents();

        FileBeginning.Read(Encoding.UTF8.GetBytes(head), parents);

        Assert.Equal(root, parents.RootOf(session));
    }

    [Fact]
    public void A_session_belongs_to_the_one_at_the_end_of_the_chain_and_a_loop_has_an_end()
    {
        var parents = new SessionParents();
        parents.Add("c", "b");
        parents.Add("b", "a");
        parents.Add("c", "other");
        parents.Add("d", "d");
        parents.Add("x", "y");
        parents.Add("y", "x");

        Assert.Equal(["a", "a", "a", "d"], new[] { "c", "b", "a", "d" }.Select(parents.RootOf));
        Assert.Contains(parents.RootOf("x"), new[] { "x", "y" });
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(40)]
    public void A_chain_has_at_most_thirty_two_links(int links)
    {
        var parents = new SessionParents();
        for (var link = 0; link < links; link++)
            parents.Add($"{link}", $"{link + 1}");

        Assert.Equal($"{Math.Min(32, links)}", parents.RootOf("0"));
    }
}
