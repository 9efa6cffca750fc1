namespace PatternAnalysis.Tests;

public class ErrorCatalogueTests
{
    [Fact]
    public void Every_error_has_an_id_of_its_own_a_status_and_a_sentence_of_advice()
    {
        Assert.Equal(ErrorCatalogue.All.Count, ErrorCatalogue.All.Select(error => error.Id).Distinct().Count());
        Assert.All(ErrorCatalogue.All, error => Assert.Matches("^[A-Z][A-Za-z]+$", error.Id));
        Assert.All(ErrorCatalogue.All, error => Assert.Matches("^[A-Z].*[^.]\\.$", error.Advice));
        Assert.All(ErrorCatalogue.All, error => Assert.InRange(error.HttpStatus, 400, 599));
    }

    [Fact]
    public void Only_what_the_data_base_itself_or_nobody_explains_has_no_category() =>
        Assert.Equal(
            [ErrorCatalogue.DatabaseError, ErrorCatalogue.Unexpected],
            ErrorCatalogue.All.Where(error => error.Category == ErrorKind.NotSpecified)
        );
}
