@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # Files are UTF-8 without BOM, as git, cron and every other tool expect; PowerShell 7 reads them so.
        'PSUseBOMForUnicodeEncodedFile'
    )
}
