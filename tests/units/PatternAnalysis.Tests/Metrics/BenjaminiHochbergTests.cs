using CsCheck;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Tests.Metrics;

public class BenjaminiHochbergTests
{
    [Fact]
    public void The_procedure_gives_the_q_values_of_a_worked_example() =>
        Assert.Equal([0.05, 0.06, 0.06, 0.06, 0.9], BenjaminiHochberg.QValues([0.01, 0.04, 0.03, 0.048, 0.9]), Within(1e-12));

    [Fact]
    public void Each_q_value_is_the_smallest_rate_at_which_its_p_value_is_a_discovery() =>
        Gen.Double[0, 1]
            .Array[1, 40]
            .Sample(pValues =>
            {
                var qValues = BenjaminiHochberg.QValues(pValues);
                for (var i = 0; i < pValues.Length; i++)
                {
                    // By definition: over all rates that some p-value gives, the least at which i is among the rejected.
                    var least = pValues
                        .Where(p => p >= pValues[i])
                        .Select(p => Math.Min(1, p * pValues.Length / pValues.Count(other => other <= p)))
                        .Min();
                    Assert.Equal(least, qValues[i], 1e-12);
                }
            });

    [Fact]
    public void Tests_of_a_family_that_are_not_given_count_as_tests_that_found_nothing() =>
        Gen.Double[0, 1]
            .Array[1, 20]
            .Sample(pValues =>
                Assert.Equal(
                    BenjaminiHochberg.QValues([.. pValues, 1, 1, 1])[..pValues.Length],
                    BenjaminiHochberg.QValues(pValues, pValues.Length + 3),
                    Within(1e-12)
                )
            );

    [Fact]
    public void A_family_is_no_smaller_than_what_is_given_of_it() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BenjaminiHochberg.QValues([0.1, 0.2], 1));

    [Fact]
    public void No_family_has_no_q_values() => Assert.Empty(BenjaminiHochberg.QValues([]));

    private static EqualityComparer<double> Within(double tolerance) =>
        EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) <= tolerance, _ => 0);
}
