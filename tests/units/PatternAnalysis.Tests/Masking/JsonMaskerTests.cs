using PatternAnalysis.Masking;

namespace PatternAnalysis.Tests.Masking;

/// <summary>JSON is masked by what its fields are called, and keeps its form.</summary>
public sealed class JsonMaskerTests
{
    [Theory]
    [InlineData("""{"password":"hunter2","note":"plain"}""", """{"password":"***","note":"plain"}""")]
    [InlineData(
        """{"a":[{"api_key":"x1"},"b"],"n":1.50,"t":true,"z":null}""",
        """{"a":[{"api_key":"***"},"b"],"n":1.50,"t":true,"z":null}"""
    )]
    [InlineData("""{"passwords":["one","two"],"client_secret":{"a":"b"}}""", """{"passwords":"***","client_secret":"***"}""")]
    [InlineData("""["mysql -psecret","ü → \"x\""]""", """["mysql -p***","ü → \"x\""]""")]
    public void A_secret_is_known_by_the_name_of_its_field_or_by_its_text(string json, string masked) =>
        Assert.Equal(masked, JsonMasker.Mask(json));

    [Theory]
    [InlineData("""{ "note" : "plain", "count": 3 }""")]
    [InlineData("[]")]
    [InlineData("plain text")]
    [InlineData("")]
    public void What_holds_no_secret_is_the_same_instance(string text) => Assert.Same(text, JsonMasker.Mask(text));

    [Theory]
    [InlineData("session_id")]
    [InlineData("event_id")]
    [InlineData("hook_event_name")]
    [InlineData("event_type")]
    [InlineData("tool_name")]
    [InlineData("tool_use_id")]
    [InlineData("agent_id")]
    [InlineData("prompt_id")]
    [InlineData("message_id")]
    [InlineData("turn_id")]
    public void Ids_stay_because_masking_could_make_two_of_them_one(string name)
    {
        const string Text = "password=hunter2";
        var json = $$"""{"{{name}}":"{{Text}}","other":"{{Text}}"}""";

        Assert.Equal($$"""{"{{name}}":"{{Text}}","other":"password=***"}""", JsonMasker.Mask(json));
    }

    [Theory]
    [InlineData("""{"password":"hunter2" """)]
    [InlineData("password=hunter2")]
    public void What_is_no_JSON_is_masked_as_a_text(string text) =>
        Assert.DoesNotContain("hunter2", JsonMasker.Mask(text), StringComparison.Ordinal);

    [Fact]
    public void What_is_no_secret_stays_in_its_place_and_of_its_kind() =>
        Assert.Equal(
            """{"a":1,"b":{"c":[true,null,2.50,"x"]},"password":"***","token":"***","d":"y"}""",
            JsonMasker.Mask("""{"a":1,"b":{"c":[true,null,2.50,"x"]},"password":"hunter22","token":"hunter23","d":"y"}""")
        );
}
