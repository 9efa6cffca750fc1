namespace PatternAnalysis.Tests.Danger;

public class VerdictTableTests
{
    public static TheoryData<string, string, string> JudgedWrongBefore => VerdictTable.Read("judged-wrong-before.tsv");

    public static TheoryData<string, string, string> KindsOfDanger => VerdictTable.Read("kinds-of-danger.tsv");

    [Fact]
    public void The_tables_are_there() => Assert.Equal((312, true), (JudgedWrongBefore.Count, KindsOfDanger.Count > 800));

    [Theory]
    [MemberData(nameof(JudgedWrongBefore))]
    public void A_command_that_was_judged_wrongly_is_judged_rightly(string command, string language, string verdicts) =>
        VerdictTable.AssertVerdict(command, language, verdicts);

    [Theory]
    [MemberData(nameof(KindsOfDanger))]
    public void A_command_of_a_dangerous_kind_is_found_and_its_harmless_neighbour_is_safe(
        string command,
        string language,
        string verdicts
    ) => VerdictTable.AssertVerdict(command, language, verdicts);
}
