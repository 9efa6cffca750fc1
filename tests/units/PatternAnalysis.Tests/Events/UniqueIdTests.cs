using PatternAnalysis.Events;

namespace PatternAnalysis.Tests.Events;

/// <summary>Which ids name one thing in the world.</summary>
public class UniqueIdTests
{
    [Theory]
    [InlineData("toolu_01A09q90qw90lq917835lq9")]
    [InlineData("toolu_vrtx_01A09q90qw90lq917835lq9")]
    [InlineData("srvtoolu_01KKKKKKKKKKKKKKKKKKKKKK")]
    [InlineData("call_5f1d0c1b2a394857a6b5c4d3")]
    [InlineData("call_222222222222222222222222")]
    [InlineData("call_00_Ab3dEf6hIj9lMn2pQr5tUv8x")]
    [InlineData("tooluse_kZJ-lvQm_J6eAyJE5GI-7Q")]
    [InlineData("0F6E7A3C-884C-4D63-A0B6-1F2B3C4D5E6F")]
    [InlineData("call_0f6e7a3c-884c-4d63-a0b6-1f2b3c4d5e6f")]
    public void An_id_of_random_digits_is_unique_everywhere(string id) => Assert.True(UniqueId.IsUnique(id));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("call_0")]
    [InlineData("toolu_01")]
    [InlineData("functions.Bash:3")]
    [InlineData("functions.mcp__averylongserver12__list_everything:12")]
    [InlineData("list_all_the_issues_of_the_tracker_0")]
    [InlineData("run_shell_command-1742563212345-0")]
    [InlineData("call_0000000000000000000012")]
    [InlineData("0f6e7a3c-884c-4d63-a0b6-1f2b3c4d5e6f:7")]
    [InlineData("0f6e7a3c-884c-4d63-a0b6-1f2b3c4d5e6f\n7")]
    [InlineData("D681PevKs")]
    [InlineData("getcurrentweatherforecast")]
    public void An_id_that_counts_is_not_unique_everywhere(string id) => Assert.False(UniqueId.IsUnique(id));
}
