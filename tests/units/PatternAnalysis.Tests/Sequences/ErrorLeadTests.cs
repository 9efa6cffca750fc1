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
}
