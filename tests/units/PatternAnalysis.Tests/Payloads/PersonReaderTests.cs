using System.Text;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Tests.Payloads;

public class PersonReaderTests
{
    [Theory]
    [InlineData("""{"user_email": "ada@example.com", "cwd": "/home/bob/app"}""", """{"user_email": "ada@example.com"}""")]
    [InlineData("""{"cwd": "/home/ada/app"}""", """{"cwd": "/Users/ada"}""")]
    [InlineData("""{"cwd": "C:\\Users\\ada\\app"}""", """{"cwd": "/home/ada/other", "tool_input": {"user": "bob"}}""")]
    public void The_same_person_has_the_same_name(string payload, string other)
    {
        Assert.NotNull(Read(payload));
        Assert.Equal(Read(payload), Read(other));
    }

    [Fact]
    public void Two_people_have_two_names() => Assert.NotEqual(Read("""{"user": "ada"}"""), Read("""{"user": "bob"}"""));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"cwd": "~/app"}""")]
    [InlineData("""{"cwd": "/Users/Shared/app"}""")]
    [InlineData("""{"user": " "}""")]
    [InlineData("""{"user": {"name": "ada"}}""")]
    [InlineData("""{"user": "\ud800"}""")]
    [InlineData("""{"tool_input": {"user": "ada"}}""")]
    public void Where_the_payload_does_not_tell_nobody_is_named(string payload) => Assert.Null(Read(payload));

    private static string? Read(string payload) => PersonReader.Read(Encoding.UTF8.GetBytes(payload));
}
