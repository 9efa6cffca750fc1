using System.Collections.Frozen;
using System.Reflection;
using PatternAnalysis.Import.Formats;

namespace PatternAnalysis.Tests.Import;

/// <summary>The types of records that are known to hold no call.</summary>
public class KnownRecordTests
{
    public static TheoryData<string> Lists =>
        new(typeof(KnownRecords).GetProperties().Where(list => list.PropertyType == typeof(FrozenSet<string>)).Select(list => list.Name));

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_name_is_whole_however_its_list_is_wrapped(string list) =>
        Assert.All(
            (FrozenSet<string>)typeof(KnownRecords).GetProperty(list, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!,
            name => Assert.Matches("^[A-Za-z0-9_.]+(-[A-Za-z0-9_]+)*$", name)
        );
}
