using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

public class ErrorLeadTests
{
    [Theory]
    [InlineData("Exit code 1\nerror: cannot find module", "error: cannot find module")]
    [InlineData("Exit code 1", "Exit code 1")]
    [InlineData("Exit code 2\n\n   \n", "Exit code 2")]
    [InlineData("<tool_use_error>File does not exist.</tool_use_error>", "File does not exist.")]
    [InlineData("\u001b[31merror\u001b[0m: 12 problems", "error: <number> problems")]
    [InlineData("cannot open /home/me/x.txt for reading", "cannot open <path> for reading")]
    [InlineData("one two three four five six seven eight nine", "one two three four five six seven eight")]
    [InlineData("", null)]
    [InlineData("\n---\n", null)]
    public void The_first_words_of_the_first_line_that_says_something_lead_an_error(string error, string? lead) =>
        Assert.Equal(lead, ErrorLeads.Of(error));

    [Fact]
    public void A_secret_in_an_error_is_masked() =>
        Assert.Equal("denied for token ghp_***", ErrorLeads.Of("denied for token ghp_abcdefghijklmnopqrstuvwxyz0123456789"));

    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("said \\\"no\\\"\\nmore", "said \"no\"")]
    [InlineData("half a pair \\ud800", null)]
    public void An_error_is_read_as_the_bytes_of_its_JSON(string escaped, string? lead)
    {
        var leads = new ErrorLeads();
        Assert.Equal(lead, leads[leads.Add(System.Text.Encoding.UTF8.GetBytes(escaped))]);
    }

    [Fact]
    public void Equal_beginnings_have_one_number()
    {
        var leads = new ErrorLeads();
        Assert.Equal(leads.Add("Found 2 matches"u8), leads.Add("Found 31 matches"u8));
    }

    [Fact]
    public void Of_more_errors_than_anybody_reads_the_first_are_kept_and_the_others_have_no_number()
    {
        var leads = new ErrorLeads();
        string[] words = [.. Enumerable.Range(0, 10_001).Select(number => $"error {(char)('a' + number % 26)}{number / 26:X}")];

        Assert.Equal(Enumerable.Range(1, 10_000).Append(0), words.Select(word => leads.Add(word)));
        Assert.Equal((1, 10_000, 0), (leads.Add(words[0]), leads.Add(words[9_999]), leads.Add("another")));
        Assert.Equal((words[0], words[9_999], null), (leads[1], leads[10_000], leads[0]));
        Assert.Equal(0, leads.Add((string?)null));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(81)]
    [InlineData(2_500)]
    public void A_lead_has_at_most_eighty_characters_and_what_comes_late_in_an_error_is_not_read(int length)
    {
        Assert.Equal(new string('x', 80), ErrorLeads.Of(new string('x', length)));
        Assert.Equal(length < 2_000 ? "late" : null, ErrorLeads.Of(new string('-', length) + "\nlate"));
    }

    [Fact]
    public void Status_lines_count_where_nothing_else_is_said_and_the_first_of_them_does()
    {
        Assert.Equal("Exit code 3", ErrorLeads.Of("Exit code 3\nexit code: -1\n--"));
        Assert.Equal("Error: Exit code 3", ErrorLeads.Of("Error: Exit code 3"));
        Assert.Equal("Exit code <number> of make", ErrorLeads.Of("Exit code 3\r\nExit code 3 of make"));
        Assert.Null(ErrorLeads.Read([]));
        Assert.Throws<ArgumentNullException>(() => ErrorLeads.Of(null!));
    }
}
