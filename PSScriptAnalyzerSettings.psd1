@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # Files are UTF-8 without BOM, as git, cron and every other tool expect; PowerShell 7 reads them so.
        'PSUseBOMForUnicodeEncodedFile'
        # Does not look into script blocks, and takes every parameter that is used in one for unused.
        'PSReviewUnusedParameter'
    )
}
