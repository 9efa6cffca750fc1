using PatternAnalysis.Analysis;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;

namespace PatternAnalysis.Tests.Options;

/// <summary>The catalogue is what all else is made of: it must hold every option, once, with all that the fronts need.</summary>
public class OptionCatalogueTests
{
    private static readonly IReadOnlyList<OptionDefinition> s_options = OptionCatalogue.Of<AnalysisOptions>();

    [Fact]
    public void Every_option_has_a_name_of_its_own_and_one_sentence()
    {
        Assert.Equal(s_options.Count, s_options.Select(option => option.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(s_options, option => Assert.Matches(@"^[A-Z][^\n]*[^.]\.$", option.Summary));
        Assert.All(s_options, option => Assert.Matches("^--[a-z]+(-[a-z]+)*$", option.CommandLineName));
    }

    [Fact]
    public void The_defaults_are_in_their_ranges() => OptionCatalogue.Check(new AnalysisOptions());

    [Fact]
    public void The_defaults_are_those_of_the_records()
    {
        var built = OptionCatalogue.Build<AnalysisOptions>(option => option.DefaultValue);

        Assert.Equal(new AnalysisOptions(), built);
    }

    [Fact]
    public void A_value_reaches_the_record_that_it_belongs_to()
    {
        var built = OptionCatalogue.Build<AnalysisOptions>(option =>
            option.Name switch
            {
                "MinLift" => 2.5,
                "Top" => 7,
                "MinLength" => 3,
                _ => option.DefaultValue,
            }
        );

        Assert.Equal((2.5, 7, 3), (built.Metric.MinimumLift, built.Worth.Top, built.Mining.MinimumLength));
        Assert.Equal(
            built with
            {
                Metric = new MetricOptions(),
                Mining = new MiningOptions(),
                Worth = new WorthOptions(),
            },
            new AnalysisOptions()
        );
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(double.NaN)]
    [InlineData(2e9)]
    public void A_number_out_of_its_range_is_refused_by_its_name(double lift)
    {
        var options = new AnalysisOptions { Metric = new MetricOptions { MinimumLift = lift } };

        var error = Assert.Throws<PatternAnalysisException>(options.Check);

        Assert.Equal("InvalidOption", error.ErrorId);
        Assert.Contains("MinLift", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hours", "Until", false)]
    [InlineData("Since", "Until", false)]
    [InlineData("Hours", "Since", true)]
    [InlineData("SinceLastRun", "Until", true)]
    public void Options_of_different_ways_to_say_the_same_exclude_each_other(string first, string second, bool excluded)
    {
        var given = OptionCatalogue.Of<WindowOptions>().Where(option => option.Name == first || option.Name == second);

        Assert.Equal(excluded, OptionCatalogue.Conflict(given) is not null);
    }
}
